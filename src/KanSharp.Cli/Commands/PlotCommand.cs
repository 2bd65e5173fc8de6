using System.CommandLine;
using System.Globalization;
using KanSharp.Cli.Fitting;
using KanSharp.Cli.Images;
using KanSharp.Cli.Models;
using KanSharp.Cli.Output;
using KanSharp.Data;
using KanSharp.Plotting;

namespace KanSharp.Cli.Commands;

/// <summary>kan plot: network diagram, edge curve or loss history as SVG.</summary>
internal static class PlotCommand
{
    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string?>("MODEL") { Description = "Model file, or the folder of a run; not needed with --loss.", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> data = Parse.Text("--data", "CSV", "Table whose rows give the range of the curves and the importance of the edges.");
        Option<int[]?> edge = Parse.Counts("--edge", "L,I,O", "0,1,2", "Draw one edge: layer, node below and node above, counted from 0.", 0, 3);
        Option<string?> loss = Parse.Text("--loss", "RUN", "Draw the loss history of a run folder instead.");
        Option<double?> beta = Parse.Number("--beta", "Darkness of an edge is tanh(beta · score). [default: 3]", 0, leastAllowed: false);
        Option<string?> output = Parse.Text("--out", "FILE.svg", "File for the picture. [default: after the model's name]");
        Option<bool> json = Parse.Json();
        var command = new Command("plot", "Draw the network, one edge or the loss history as SVG; of an image model its first KAN kernels.") { model, data, edge, loss, beta, output, json };
        var reading = new TableReading(command);
        command.SetAction(parsed =>
        {
            int[]? place = parsed.GetValue(edge) is { Length: > 0 } given ? given : null;
            string? name = parsed.GetValue(model), run = parsed.GetValue(loss), file = parsed.GetValue(output);
            if (file is not null)
                OutputFile.CheckFolder(file, "--out");
            if (run is null && name is null)
                throw UserErrorException.Usage("MODEL is missing: a model file or the folder of a run; or --loss RUN for a loss history");
            if (run is not null && (parsed.GetValue(data) is not null || place is not null))
                throw UserErrorException.Usage("--loss draws the history of a run; it does not go with --data or --edge");
            Scene scene = run is not null ? LossPlot.Draw(run) : Draw(name!, parsed.GetValue(data) is { } table ? FitInput.Read(table, reading.Of(parsed)) : null, place, parsed.GetValue(beta) ?? 3, terminal);
            file ??= Default(name, run, place);
            OutputFile.Write(file, scene.ToSvg());
            if (parsed.GetValue(json))
                JsonResult.Write(terminal.Out, members =>
                {
                    members.WriteString("command", "plot");
                    members.WriteString("file", file);
                    members.WriteNumber("width", scene.Width);
                    members.WriteNumber("height", scene.Height);
                    members.WriteString("description", scene.Description);
                });
            else
                terminal.Out.WriteLine(file);
            return ExitCode.Success;
        });
        return command;
    }

    private static Scene Draw(string name, Table? data, int[]? edge, double beta, Terminal terminal)
    {
        if (ModelPath.ImageModel(name) is { } images)
            return data is null && edge is null ? ImagePlot.Draw(images) : throw UserErrorException.Usage("--data and --edge are for models of tables; the model is for images, and its first KAN kernels are drawn");
        ModelPath path = ModelPath.Open(name);
        return path.Info.IsSingle ? ModelPlot.Draw<float>(path, data, edge, beta, terminal) : ModelPlot.Draw<double>(path, data, edge, beta, terminal);
    }

    private static string Default(string? name, string? run, int[]? edge)
    {
        if (run is not null)
            return Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run))) + "-loss.svg";
        string stem = OutputFile.Named(Path.TrimEndingDirectorySeparator(name!), "");
        return edge is null ? $"{stem}.svg" : string.Create(CultureInfo.InvariantCulture, $"{stem}-edge-{edge[0]}-{edge[1]}-{edge[2]}.svg");
    }
}
