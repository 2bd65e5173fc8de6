namespace KanSharp.Training;

/// <summary>How well one class is recognised.</summary>
/// <param name="Precision">Share of the samples given this class that have it; 0 if none was given it.</param>
/// <param name="Recall">Share of the samples with this class that were given it; 0 if there are none.</param>
/// <param name="Samples">Samples with this class.</param>
public sealed record ClassMetrics(double Precision, double Recall, int Samples)
{
    /// <summary>Harmonic mean of precision and recall; 0 if both are.</summary>
    public double F1 => Precision + Recall > 0 ? 2 * Precision * Recall / (Precision + Recall) : 0;
}
