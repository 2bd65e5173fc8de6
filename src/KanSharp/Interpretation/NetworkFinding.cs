using KanSharp.Autodiff;
using KanSharp.Data;
using KanSharp.Networks;

namespace KanSharp.Interpretation;

/// <summary>A network that a formula search trained.</summary>
/// <param name="Network">The network, after pruning; it takes scaled columns and gives the scaled target.</param>
/// <param name="Columns">Names of its inputs.</param>
/// <param name="Inputs">Scaling of the columns.</param>
/// <param name="Target">Scaling of the target.</param>
/// <param name="Rmse">Error on the validation rows, in units of the target.</param>
/// <param name="History">Loss of every epoch of its last training: (training, validation), mean squared errors of the scaled target; NaN without validation.</param>
public sealed record NetworkFinding(
    KanNetwork<double> Network, IReadOnlyList<string> Columns, LinearScaling Inputs, LinearScaling Target, double Rmse, IReadOnlyList<(double Train, double Validation)> History)
{
    /// <summary>Rows as the network takes them.</summary>
    /// <param name="data">Rows with at least the columns of the network.</param>
    /// <returns>[rows, inputs].</returns>
    /// <exception cref="ArgumentException">A column is missing.</exception>
    public Tensor<double> Scale(Dataset<double> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Dataset<double> columns = data.SelectFeatures(Columns);
        double[] values = columns.Features.ToArray();
        Inputs.Apply(values);
        return new Tensor<double>(new Shape(columns.Count, columns.Inputs), values);
    }
}
