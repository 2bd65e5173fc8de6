using KanSharp.Data;
using KanSharp.Training;

namespace KanSharp.Cli.Models;

/// <summary>Predictions as a table with one row per row of the data; rows that were left out have empty cells.</summary>
internal static class PredictionTable
{
    /// <summary>Target columns; for classification the label and one column p(label) per class.</summary>
    public static Table Of(TabularPrediction prediction, int rows)
    {
        TargetEncoding target = prediction.Target;
        var columns = new List<TableColumn>();
        if (target.Task == TaskKind.Classification)
        {
            var labels = new string?[rows];
            for (int i = 0; i < prediction.Count; i++)
                labels[prediction.Encoding.Rows[i]] = target.Classes[prediction.ClassOf(i)];
            columns.Add(new TableColumn(target.Columns[0], labels));
        }

        for (int output = 0; output < target.Outputs; output++)
        {
            string name = target.Task == TaskKind.Classification ? $"p({target.Classes[output]})" : target.Columns[output];
            var values = new double[rows];
            Array.Fill(values, double.NaN);
            for (int i = 0; i < prediction.Count; i++)
                values[prediction.Encoding.Rows[i]] = prediction.Row(i)[output];
            columns.Add(new TableColumn(name, values));
        }

        return new Table(columns);
    }
}
