using KanSharp.Cli.Output;

namespace KanSharp.Cli.Exports;

/// <summary>Exports a model and says what was written.</summary>
internal static class ExportWork
{
    public static int Run(ExportTarget target, ExportRequest request, bool json, Terminal terminal)
    {
        target.Write(request);
        long bytes = new FileInfo(request.File).Length;
        foreach (string note in request.Notes)
            terminal.Note($"note: {note}");
        if (!json)
        {
            (string, string)[] numbers = target.Numbers is "" ? [] : [("numbers", target.Numbers ?? request.Numbers)];
            ResultTable.Pairs(terminal, [("written", request.File), ("as", target.Description), .. numbers, ("bytes", Show.Count(bytes))]);
            return ExitCode.Success;
        }

        JsonResult.Write(terminal.Out, members =>
        {
            members.WriteString("command", "export");
            members.WriteString("model", request.Model);
            members.WriteString("target", target.Name);
            members.WriteString("file", request.File);
            if (target.Numbers is not "")
                members.WriteString("numbers", target.Numbers ?? request.Numbers);
            members.WriteNumber("bytes", bytes);
            members.Texts("notes", request.Notes);
        });
        return ExitCode.Success;
    }
}
