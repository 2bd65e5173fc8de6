namespace KanSharp.Training;

/// <summary>Logits to probabilities of classes.</summary>
internal static class ClassProbabilities
{
    /// <summary>Softmax of one row in place, pᵢ = exp(xᵢ − m) / Σ exp(xⱼ − m) with the row's maximum m, so that nothing overflows.</summary>
    public static void FromLogits(Span<double> row)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in row)
            largest = Math.Max(largest, value);
        double sum = 0;
        foreach (ref double value in row)
        {
            value = Math.Exp(value - largest);
            sum += value;
        }

        foreach (ref double value in row)
            value /= sum;
    }
}
