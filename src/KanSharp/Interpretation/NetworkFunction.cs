using System.Numerics;
using KanSharp.Autodiff;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>One output of a network with its exact derivatives.</summary>
internal sealed class NetworkFunction<T>(KanNetwork<T> network, int output) : SmoothFunction(network.Features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _outputs = network.Widths[^1];

    public override void Value(ReadOnlySpan<double> rows, Span<double> values) => ModuleRows.Predict(network, Inputs, rows, output, values);

    public override void Gradient(ReadOnlySpan<double> rows, Span<double> gradient) =>
        Take(network.InputGradient(ModuleRows.Points<T>(Inputs, rows)), Inputs, gradient);

    public override void Hessian(ReadOnlySpan<double> rows, Span<double> hessian) =>
        Take(network.InputHessian(ModuleRows.Points<T>(Inputs, rows)), Inputs * Inputs, hessian);

    private void Take(Tensor<T> all, int size, Span<double> target)
    {
        for (int index = 0; index < target.Length; index++)
            target[index] = double.CreateTruncating(all.Span[(index / size * _outputs + output) * size + index % size]);
    }
}
