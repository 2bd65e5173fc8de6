using System.Globalization;
using System.Numerics;
using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Fitting;

/// <summary>What is said on the error stream before training starts.</summary>
internal static class FitNotes
{
    public static void Data<T>(TabularProblem<T> problem, Table table, Terminal terminal)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DataSplit<double> split = problem.Split;
        string parts = string.Create(CultureInfo.InvariantCulture, $"{split.Train.Count} to train on");
        if (split.Validation is not null)
            parts += string.Create(CultureInfo.InvariantCulture, $", {split.Validation.Count} for validation");
        if (split.Test is not null)
            parts += string.Create(CultureInfo.InvariantCulture, $", {split.Test.Count} for the test");
        int columns = problem.Encoding.Features.Count;
        string features = columns == problem.Encoding.Inputs ? $"{columns} features" : $"{columns} feature columns as {problem.Encoding.Inputs} features";
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: {table.RowCount} rows ({parts}), {features}"));
        Encoding(problem.Report, terminal);
    }

    /// <summary>Rows left out and cells filled in.</summary>
    public static void Encoding(EncodingReport report, Terminal terminal)
    {
        if (report.DroppedRows > 0)
            terminal.Note($"note: {report.DroppedRows} rows with missing cells were left out");
        if (report.FilledCells > 0)
            terminal.Note($"note: {report.FilledCells} missing cells were filled with the mean");
        foreach ((string column, int count) in report.UnknownCategories)
            terminal.Note($"note: column '{column}' has {count} cells with texts that training never saw; they count as none of the known ones");
    }

    public static void Choices(IReadOnlyList<string> said, Terminal terminal)
    {
        if (said.Count == 0)
            return;
        terminal.Note("chosen, because nothing else was asked for:");
        foreach (string choice in said)
            terminal.Note("  " + choice);
    }
}
