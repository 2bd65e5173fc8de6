using System.Text.Json;
using KanSharp.Cli.Discovery;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Plotting;

namespace KanSharp.Cli.Demo;

/// <summary>The part of the demonstration that finds a formula.</summary>
internal static class DemoFormula
{
    public const string Title = "The law of thin lenses";

    public const string Sentence =
        "500 noisy measurements of a lens between two media, computed from a law of physics: which one? (Feynman Lectures I, equation 27.6; noise of standard deviation 0.005)";

    private const string Name = "lens";
    private const double QuickSeconds = 3, Seconds = 20;

    /// <summary>Writes the data and looks for the formula; quickly goes without networks.</summary>
    public static DiscoveryOutcome Find(string folder, bool quick, ulong seed, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Note($"{Title}. {Sentence}");
        string data = Path.Combine(folder, Name + ".csv");
        OutputFile.Write(data, DemoCase.ReadResource(Name + ".csv"));
        var settings = new DiscoverySettings { Data = data, Targets = ["f"], Missing = MissingValues.Error, Seed = seed, Networks = !quick, TimeLimit = TimeSpan.FromSeconds(quick ? QuickSeconds : Seconds) };
        DiscoveryOutcome outcome = DiscoveryWork.Search(settings, DiscoveryInput.Read(settings, terminal), terminal, cancellation);
        OutputFile.Write(Path.Combine(folder, Name + "-pareto.svg"), DiscoveryPictures.Pareto(outcome).ToSvg());
        return outcome;
    }

    public static void Text(DiscoveryOutcome outcome, Terminal terminal)
    {
        Formulas.Table(terminal, outcome.Result.Hall.Best, outcome.Pick);
        ResultTable.Pairs(terminal, [("formula", outcome.Equation)]);
    }

    public static void Section(HtmlReport page, DiscoveryOutcome outcome)
    {
        page.Heading(Title);
        page.Paragraph(Sentence);
        page.Code(outcome.Equation);
        page.Figure(DiscoveryPictures.Pareto(outcome), $"The best formula of each complexity, measured on {outcome.Chosen}; the ring marks the one to take.");
        page.Code($"kan discover {outcome.Settings.Data} --target {outcome.Target} --seed {outcome.Settings.Seed}");
    }

    public static void Members(Utf8JsonWriter json, DiscoveryOutcome outcome)
    {
        json.WriteStartObject("discover");
        outcome.Members(json);
        json.WriteEndObject();
    }
}
