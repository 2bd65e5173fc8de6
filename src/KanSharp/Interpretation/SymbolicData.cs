using KanSharp.Autodiff;
using KanSharp.Networks;
using KanSharp.Training;

namespace KanSharp.Interpretation;

/// <summary>Samples of a symbolic search: rows and, for every output, targets.</summary>
internal sealed class SymbolicData
{
    public SymbolicData(KanNetwork<double> network, TrainingData<double> data, string what)
    {
        Inputs = data.Inputs;
        if (Inputs.Shape.Rank != 2 || Inputs.Shape[1] != network.Features)
            throw new ArgumentException($"The {what} inputs have shape {Inputs.Shape}; the network takes [N, {network.Features}].", nameof(data));
        int outputs = network.Widths[^1];
        Tensor<double> predicted = network.Predict(Inputs);
        if (predicted.Span.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
            throw new ArgumentException($"The network gives a value that is not finite for one of the {what} samples; formulas are fitted to finite ones.", nameof(data));
        Targets = data.Targets ?? predicted;
        if (Targets.Shape.Count != Inputs.Shape[0] * (long)outputs)
            throw new ArgumentException($"The {what} targets have shape {Targets.Shape}; the network gives [{Inputs.Shape[0]}, {outputs}].", nameof(data));
        Columns = [.. Enumerable.Range(0, outputs).Select(output => Column(Targets, output, outputs))];
        Scales = [.. Columns.Select(column => FormulaData.Scale(column))];
    }

    private SymbolicData(Tensor<double> inputs, Tensor<double> targets, double[][] columns, double[] scales) =>
        (Inputs, Targets, Columns, Scales) = (inputs, targets, columns, scales);

    public Tensor<double> Inputs { get; }

    public Tensor<double> Targets { get; }

    /// <summary>Targets of every output.</summary>
    public double[][] Columns { get; }

    /// <summary>Their deviations.</summary>
    public double[] Scales { get; }

    public int Rows => Inputs.Shape[0];

    /// <summary>Every n-th sample, so that there are not more than so many.</summary>
    public SymbolicData Thin(int most)
    {
        int stride = (Rows - 1) / most + 1;
        if (stride == 1)
            return this;
        int rows = (Rows - 1) / stride + 1, features = Inputs.Shape[1];
        var inputs = new Tensor<double>(new Shape(rows, features));
        for (int row = 0; row < rows; row++)
            Inputs.Span.Slice(row * stride * features, features).CopyTo(inputs.Span.Slice(row * features, features));
        double[][] columns = [.. Columns.Select(column => Enumerable.Range(0, rows).Select(row => column[row * stride]).ToArray())];
        return new SymbolicData(inputs, Targets, columns, Scales);
    }

    /// <summary>Root mean squared error of a network over all outputs; +∞ where it is not finite.</summary>
    public double Rmse(KanNetwork<double> network)
    {
        Tensor<double> predicted = network.Predict(Inputs);
        double sum = 0;
        for (int index = 0; index < predicted.Span.Length; index++)
            sum += (predicted.Span[index] - Targets.Span[index]) * (predicted.Span[index] - Targets.Span[index]);
        double rmse = Math.Sqrt(sum / predicted.Span.Length);
        return double.IsFinite(rmse) ? rmse : double.PositiveInfinity;
    }

    private static double[] Column(Tensor<double> values, int column, int columns) =>
        [.. Enumerable.Range(0, (int)(values.Shape.Count / columns)).Select(row => values.Span[row * columns + column])];
}
