using System.Text.Encodings.Web;
using System.Text.Json;
using KanSharp.Data;
using KanSharp.Equations;
using KanSharp.Equations.Problems;
using KanSharp.Equations.Solving;
using KanSharp.Networks;

namespace KanSharp.Interchange;

/// <summary>
/// A solved equation as a folder: <c>problem.json</c> with equations, domain, conditions, data and report, and a model file for the network of every window of time.
/// docs/formats.md describes it.
/// </summary>
public static class SolutionFolder
{
    /// <summary>The file with the problem.</summary>
    public const string ProblemFile = "problem.json";

    private const string Format = "kan-equation";
    private const string Version = "1";
    private static readonly JsonWriterOptions WriterOptions = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 16 };

    /// <summary>Saves a solution.</summary>
    /// <param name="folder">The folder; created if it is not there.</param>
    /// <param name="solution">The solution.</param>
    /// <returns>Names of the files.</returns>
    public static IReadOnlyList<string> Save(string folder, EquationSolution solution)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(solution);
        Directory.CreateDirectory(folder);
        string[] files = [.. solution.Networks.Select((_, window) => solution.Networks.Count == 1 ? "network.safetensors" : $"network-{window + 1}.safetensors")];
        for (int window = 0; window < files.Length; window++)
            ModelFile.Save(Path.Combine(folder, files[window]), solution.Networks[window]);
        AtomicFile.Write(Path.Combine(folder, ProblemFile), stream =>
        {
            using var json = new Utf8JsonWriter(stream, WriterOptions);
            Write(json, solution, files);
        });
        return [ProblemFile, .. files];
    }

    /// <summary>Loads a solution: values and derivatives are those of the one that was saved.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problem">The problem, where equations or conditions are code that no file keeps; not needed for those of text and the built-in ones.</param>
    /// <exception cref="ModelFileException">A file is damaged, or the problem is needed.</exception>
    /// <exception cref="IOException">A file can not be read.</exception>
    public static EquationSolution Load(string folder, EquationProblem? problem = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, ProblemFile)), ReaderOptions);
            return Read(document.RootElement, folder, problem);
        }
        catch (ModelFileException)
        {
            throw;
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFileException(error.Message, ProblemFile, null, error);
        }
    }

    private static void Write(Utf8JsonWriter json, EquationSolution solution, string[] files)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("format_version", Version);
        ProblemJson.Write(json, solution.Problem);
        HashSet<string> periods = [.. solution.Problem.Conditions.Where(condition => condition.IsPeriodic).Select(condition => condition.ToString())];
        json.WriteBoolean("builds_in", solution.Report.BuiltIn.Any(condition => !periods.Contains(condition)));
        json.WriteStartArray("windows");
        for (int window = 0; window < files.Length; window++)
        {
            WindowedField.Window place = solution.Field.Windows.Windows[window];
            json.WriteStartObject();
            json.WriteString("network", files[window]);
            json.WriteNumber("start", place.Start);
            json.WriteNumber("end", place.End);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("identified");
        foreach ((string name, double value) in solution.Coefficients)
            json.WriteNumber(name, value);
        json.WriteEndObject();
        json.WriteStartObject("report");
        SolveReportJson.Write(json, solution.Report);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static EquationSolution Read(JsonElement root, string folder, EquationProblem? given)
    {
        if (!root.TryGetProperty("format", out JsonElement format) || format.GetString() != Format)
            throw new ModelFileException($"the file is no solved equation; its format is '{Format}'", ProblemFile);
        if (ModelSpecJson.Text(root, "format_version") is var version && version != Version)
            throw new ModelFileException($"the file has format version '{version}'; this program reads version {Version}", ProblemFile);
        EquationProblem problem = given ?? (ProblemJson.HasCode(root) ? BuiltIn(ModelSpecJson.Text(root, "name")) : ProblemJson.Read(root));
        List<(KanNetwork<double> Network, double Start, double End)> windows = [];
        foreach (JsonElement window in root.GetProperty("windows").EnumerateArray())
        {
            string file = ModelSpecJson.Text(window, "network");
            if (Path.GetFileName(file) != file)
                throw new ModelFileException($"the network is '{file}'; the name of a file in the folder was expected", ProblemFile);
            windows.Add((ModelFile.LoadKan<double>(Path.Combine(folder, file)), window.GetProperty("start").GetDouble(), window.GetProperty("end").GetDouble()));
        }

        if (windows.Count == 0)
            throw new ModelFileException("there is no network", ProblemFile, "windows");
        SolutionField field = StoredSolution.Restore(problem, root.GetProperty("builds_in").GetBoolean(), windows);
        Dictionary<string, double> coefficients = root.GetProperty("identified").EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetDouble());
        if (problem.Coefficients.FirstOrDefault(coefficient => !coefficients.ContainsKey(coefficient.Name)) is { } missing)
            throw new ModelFileException($"the value of the coefficient '{missing.Name}' is missing", ProblemFile, "identified");
        return new EquationSolution(problem, field, SolveReportJson.Read(root.GetProperty("report")), coefficients);
    }

    private static EquationProblem BuiltIn(string name) => BuiltInProblems.Find(name)?.Create()
        ?? throw new ModelFileException($"an equation or condition of '{name}' is code, which no file keeps; give the problem when loading", ProblemFile);
}
