using KanSharp.Autodiff;

namespace KanSharp.Equations;

/// <summary>A partial derivative of an unknown, or the unknown itself.</summary>
/// <param name="Field">Number of the unknown.</param>
/// <param name="Partial">The derivative with respect to the variables; <see cref="PartialDerivative.Value"/> for the unknown itself.</param>
public readonly record struct FieldDerivative(int Field, PartialDerivative Partial);
