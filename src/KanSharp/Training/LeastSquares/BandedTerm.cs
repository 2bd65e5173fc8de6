using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// A quadratic penalty on the coefficients of one input feature, Σ_o w_o·|D·c_o|², with rows D that span a few consecutive basis functions each, the same
/// for all outputs: smoothness, and the majorisers of penalties on edges.
/// </summary>
/// <param name="offset">First unknown of the table of functions × outputs.</param>
/// <param name="functions">Number of functions.</param>
/// <param name="outputs">Number of outputs O.</param>
/// <param name="span">Functions that a row spans at most.</param>
internal sealed class BandedTerm(int offset, int functions, int outputs, int span)
{
    private List<(int First, double[] Values)> _rows = [];

    public int Offset { get; } = offset;

    public int Functions { get; } = functions;

    public int Outputs { get; } = outputs;

    /// <summary>Subdiagonals of DᵀD that are not zero.</summary>
    public int Bandwidth { get; } = span - 1;

    /// <summary>Lower band of DᵀD, [functions × (bandwidth + 1)], as <see cref="BandedCholesky"/> has it.</summary>
    public double[] Band { get; private init; } = new double[functions * span];

    /// <summary>w, one per output.</summary>
    public double[] Weights { get; private init; } = new double[outputs];

    /// <summary>(DᵀD)(i, j) for j ≤ i.</summary>
    public ref double Element(int i, int j) => ref Band[i * (Bandwidth + 1) + j - i + Bandwidth];

    /// <summary>The same penalty, numbers shared, on unknowns that are numbered differently.</summary>
    public BandedTerm Shift(int by) => new(Offset + by, Functions, Outputs, Bandwidth + 1) { Band = Band, Weights = Weights, _rows = _rows };

    /// <summary>Adds a row to D.</summary>
    /// <param name="first">First function of the row.</param>
    /// <param name="row">At most as many numbers as a row spans.</param>
    public void AddRow(int first, ReadOnlySpan<double> row)
    {
        _rows.Add((first, row.ToArray()));
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                Element(first + i, first + j) += row[i] * row[j];
        }
    }

    /// <summary>Σ_o w_o·|D·x_o|²; a sum of squares even in floating point, which xᵀ·DᵀD·x would not be.</summary>
    public double Value(ReadOnlySpan<double> unknowns)
    {
        double sum = 0;
        foreach ((int first, double[] values) in _rows)
        {
            for (int output = 0; output < Outputs; output++)
            {
                double product = Product(values, unknowns[(Offset + first * Outputs + output)..]);
                sum += Weights[output] * product * product;
            }
        }

        return sum;
    }

    /// <summary>result += w·DᵀD·x.</summary>
    public void AddProduct(ReadOnlySpan<double> unknowns, Span<double> result)
    {
        foreach ((int first, double[] values) in _rows)
        {
            for (int output = 0; output < Outputs; output++)
            {
                int start = Offset + first * Outputs + output;
                double product = Weights[output] * Product(values, unknowns[start..]);
                for (int index = 0; index < values.Length; index++)
                    result[start + index * Outputs] += product * values[index];
            }
        }
    }

    /// <summary>Adds w·DᵀD to the lower triangle of a matrix over all unknowns.</summary>
    public void AddTo(Span<double> matrix, int leading)
    {
        for (int i = 0; i < Functions; i++)
        {
            for (int j = Math.Max(0, i - Bandwidth); j <= i; j++)
            {
                double factor = Element(i, j);
                for (int output = 0; output < Outputs; output++)
                    matrix[(Offset + i * Outputs + output) * leading + Offset + j * Outputs + output] += Weights[output] * factor;
            }
        }
    }

    private double Product(double[] values, ReadOnlySpan<double> column)
    {
        double sum = 0;
        for (int index = 0; index < values.Length; index++)
            sum += values[index] * column[index * Outputs];
        return sum;
    }
}
