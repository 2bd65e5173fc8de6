using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// A quadratic penalty on the coefficients of one input feature, Σ_o w_o·c_oᵀ·B·c_o, with one symmetric band matrix B over the basis functions for
/// all outputs: smoothness, and the majorisers of penalties on edges.
/// </summary>
/// <param name="offset">First unknown of the table of functions × outputs.</param>
/// <param name="functions">Number of functions.</param>
/// <param name="outputs">Number of outputs O.</param>
/// <param name="bandwidth">Subdiagonals of B that are not zero.</param>
/// <param name="band">B; zero if null.</param>
/// <param name="weights">w; zero if null.</param>
internal sealed class BandedTerm(int offset, int functions, int outputs, int bandwidth, double[]? band = null, double[]? weights = null)
{
    public int Offset { get; } = offset;

    public int Functions { get; } = functions;

    public int Outputs { get; } = outputs;

    public int Bandwidth { get; } = bandwidth;

    /// <summary>Lower band of B, [functions × (bandwidth + 1)], as <see cref="BandedCholesky"/> has it.</summary>
    public double[] Band { get; } = band ?? new double[functions * (bandwidth + 1)];

    /// <summary>w, one per output.</summary>
    public double[] Weights { get; } = weights ?? new double[outputs];

    /// <summary>B(i, j) for j ≤ i.</summary>
    public ref double Element(int i, int j) => ref Band[i * (Bandwidth + 1) + j - i + Bandwidth];

    /// <summary>The same penalty, numbers shared, on unknowns that are numbered differently.</summary>
    public BandedTerm Shift(int by) => new(Offset + by, Functions, Outputs, Bandwidth, Band, Weights);

    /// <summary>Adds the outer product of a row of numbers to B.</summary>
    /// <param name="first">First function of the row.</param>
    /// <param name="row">At most bandwidth + 1 numbers.</param>
    public void AddRow(int first, ReadOnlySpan<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                Element(first + i, first + j) += row[i] * row[j];
        }
    }

    /// <summary>Σ_o w_o·x_oᵀ·B·x_o.</summary>
    public double Value(ReadOnlySpan<double> unknowns)
    {
        double sum = 0;
        for (int i = 0; i < Functions; i++)
        {
            for (int j = Math.Max(0, i - Bandwidth); j <= i; j++)
            {
                double factor = (i == j ? 1 : 2) * Element(i, j);
                ReadOnlySpan<double> left = unknowns.Slice(Offset + i * Outputs, Outputs);
                ReadOnlySpan<double> right = unknowns.Slice(Offset + j * Outputs, Outputs);
                for (int output = 0; output < Outputs; output++)
                    sum += Weights[output] * factor * left[output] * right[output];
            }
        }

        return sum;
    }

    /// <summary>result += w·B·x.</summary>
    public void AddProduct(ReadOnlySpan<double> unknowns, Span<double> result)
    {
        for (int i = 0; i < Functions; i++)
        {
            for (int j = Math.Max(0, i - Bandwidth); j <= i; j++)
            {
                double factor = Element(i, j);
                int left = Offset + i * Outputs;
                int right = Offset + j * Outputs;
                for (int output = 0; output < Outputs; output++)
                {
                    double weighted = Weights[output] * factor;
                    result[left + output] += weighted * unknowns[right + output];
                    if (i != j)
                        result[right + output] += weighted * unknowns[left + output];
                }
            }
        }
    }

    /// <summary>Adds w·B to the lower triangle of a matrix over all unknowns.</summary>
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
}
