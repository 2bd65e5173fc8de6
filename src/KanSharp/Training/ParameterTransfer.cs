using System.Globalization;
using System.Numerics;
using KanSharp.Bases;
using KanSharp.Layers;
using KanSharp.Networks;

namespace KanSharp.Training;

/// <summary>Carries arrays that belong to the parameters of a network over to a refined network: spline coefficients through their transfers, all else as it is.</summary>
internal sealed class ParameterTransfer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Dictionary<string, RefinedLayer<T>> _layers = [];

    public ParameterTransfer(RefineResult<T> refined)
    {
        for (int index = 0; index < refined.Layers.Count; index++)
            _layers.Add($"layers.{index.ToString(CultureInfo.InvariantCulture)}.coefficients", refined.Layers[index]);
    }

    /// <summary>Carries an array of one parameter.</summary>
    /// <param name="role">What the array is.</param>
    /// <param name="path">The parameter's path.</param>
    /// <param name="source">One value for each of the old parameter.</param>
    /// <param name="target">Receives one value for each of the new parameter.</param>
    public void Carry(StateRole role, string path, ReadOnlySpan<T> source, Span<T> target)
    {
        if (!_layers.TryGetValue(path, out RefinedLayer<T>? layer))
        {
            source.CopyTo(target);
            return;
        }

        int outputs = layer.Layer.Outputs;
        for (int input = 0; input < layer.Transfers.Count; input++)
        {
            SplineTransfer transfer = layer.Transfers[input];
            ReadOnlySpan<T> from = source.Slice(input * transfer.Columns * outputs, transfer.Columns * outputs);
            Span<T> to = target.Slice(input * transfer.Rows * outputs, transfer.Rows * outputs);
            if (role == StateRole.Step)
                transfer.Apply(from, outputs, to);
            else if (role == StateRole.Gradient)
                transfer.ApplyDual(from, outputs, to);
            else
                transfer.ApplySquares(from, outputs, to);
        }
    }

    /// <summary>Goes through I − A·A⁺, which projects onto what only the new parameters can express; it is zero where a parameter stays as it is.</summary>
    /// <param name="path">The parameter's path.</param>
    /// <param name="offset">Number of the parameter's first value.</param>
    /// <param name="visit">Is given row, column and value, the lower triangle only.</param>
    public void ForComplement(string path, int offset, Action<int, int, double> visit)
    {
        if (!_layers.TryGetValue(path, out RefinedLayer<T>? layer))
            return;
        int outputs = layer.Layer.Outputs;
        foreach (SplineTransfer transfer in layer.Transfers)
        {
            double[] complement = transfer.Complement();
            for (int row = 0; row < transfer.Rows; row++)
            {
                for (int column = 0; column <= row; column++)
                {
                    for (int output = 0; output < outputs; output++)
                        visit(offset + row * outputs + output, offset + column * outputs + output, complement[row * transfer.Rows + column]);
                }
            }

            offset += transfer.Rows * outputs;
        }
    }
}
