using KanSharp.Autodiff;

namespace KanSharp.Equations;

/// <summary>Measured values of an unknown.</summary>
/// <param name="Unknown">Its name.</param>
/// <param name="Points">Where, [N, d].</param>
/// <param name="Values">What was measured, [N].</param>
/// <param name="Weight">Weight of the mean square of the differences in the loss.</param>
public sealed record Observations(string Unknown, Tensor<double> Points, IReadOnlyList<double> Values, double Weight = 1);
