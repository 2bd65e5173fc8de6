using KanSharp.Data;

namespace KanSharp.Training;

/// <summary>Predictions for the rows of a table.</summary>
/// <param name="Target">Target columns and class labels.</param>
/// <param name="Values">Row-major [rows × targets] in original units, or [rows × classes] probabilities.</param>
/// <param name="Encoding">Which rows of the table were predicted (rows with missing cells may have been left out), and what was noticed.</param>
public sealed record TabularPrediction(TargetEncoding Target, double[] Values, EncodingReport Encoding)
{
    /// <summary>Number of predicted rows.</summary>
    public int Count => Values.Length / Target.Outputs;

    /// <summary>Values or class probabilities of a row.</summary>
    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * Target.Outputs, Target.Outputs);

    /// <summary>Index of the most probable class of a row.</summary>
    /// <exception cref="InvalidOperationException">The model is a regression.</exception>
    public int ClassOf(int row)
    {
        if (Target.Task != TaskKind.Classification)
            throw new InvalidOperationException("A regression has no classes.");
        ReadOnlySpan<double> probabilities = Row(row);
        int best = 0;
        for (int label = 1; label < probabilities.Length; label++)
        {
            if (probabilities[label] > probabilities[best])
                best = label;
        }

        return best;
    }
}
