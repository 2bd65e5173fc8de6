using System.Globalization;
using System.Numerics;
using KanSharp.Cli.Output;
using KanSharp.Interchange;
using KanSharp.Interchange.Checkpoints;
using KanSharp.Networks;
using KanSharp.Networks.Images;

namespace KanSharp.Cli.Imports;

/// <summary>Imports a checkpoint, writes the model and says what happened.</summary>
internal sealed record ImportWork(string File, string? Family, IReadOnlyDictionary<string, string> Settings, string[]? Inputs, string[]? Targets, string Output)
{
    public int Run(string? precision, bool json, Terminal terminal)
    {
        if (!System.IO.File.Exists(File) && !System.IO.File.Exists(File + "_state"))
            throw new UserErrorException($"{File}: there is no such file");
        Checkpoint checkpoint = Checkpoint.Open(File);
        return precision == "f32" || (precision is null && checkpoint.IsSingle)
            ? Run<float>(checkpoint, json, terminal)
            : Run<double>(checkpoint, json, terminal);
    }

    private int Run<T>(Checkpoint checkpoint, bool json, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImportResult<T> result = CheckpointImport.Read<T>(checkpoint, new ImportOptions { Family = Family, Settings = Settings });
        bool images = result.Network is ImageNetwork<T>;
        if (images && (Inputs ?? Targets) is not null)
            throw UserErrorException.Usage("--inputs and --target name columns of a table; the network reads images");
        if (images)
            ImageModelFile.Save(Output, result.ToImageModel());
        else
            ModelFile.Save(Output, result.ToTabularModel(Inputs, Targets));
        string stored = typeof(T) == typeof(float) ? "f32" : "f64";
        if (json)
            Json(result, stored, terminal);
        else
            Text(result, stored, terminal);
        return ExitCode.Success;
    }

    private void Text<T>(ImportResult<T> result, string precision, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImportReport report = result.Report;
        var pairs = new List<(string, string)> { ("recognised", report.Family), ("layers", string.Join('\n', report.Layers)) };
        Add("file", report.Notes);
        Add("assumed", report.Assumptions);
        Add("left out", report.Unmapped);
        Add("warning", report.Warnings);
        pairs.Add(("model", string.Create(CultureInfo.InvariantCulture, $"{Output}, {Show.Count(result.Network.CountParameters())} parameters, {precision}")));
        ResultTable.Pairs(terminal, pairs);

        void Add(string name, IReadOnlyList<string> lines)
        {
            if (lines.Count > 0)
                pairs.Add((name, string.Join('\n', lines)));
        }
    }

    private void Json<T>(ImportResult<T> result, string precision, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => JsonResult.Write(terminal.Out, members =>
        {
            members.WriteString("command", "import");
            members.WriteString("model", Output);
            members.WriteString("family", result.Report.Family);
            members.WriteString("precision", precision);
            members.WriteNumber("parameters", result.Network.CountParameters());
            if (result.Network is KanNetwork<T> network)
                members.Counts("width", network.Widths);
            members.Texts("layers", result.Report.Layers);
            members.Texts("notes", result.Report.Notes);
            members.Texts("assumptions", result.Report.Assumptions);
            members.Texts("unmapped", result.Report.Unmapped);
            members.Texts("warnings", result.Report.Warnings);
        });
}
