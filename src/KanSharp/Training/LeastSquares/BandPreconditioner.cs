using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// The part of JᵀJ + Q that couples coefficients of one edge, factored edge by edge: splines of neighbouring functions overlap, and it is this coupling that
/// makes conjugate gradients slow on them. What is no table of functions is scaled by its diagonal.
/// </summary>
internal sealed class BandPreconditioner
{
    private readonly JacobianRun[] _runs;
    private readonly int[] _bandwidths;
    private readonly double[][] _bands;
    private readonly double[][] _factors;
    private readonly double[] _column;

    /// <param name="runs">The runs of a row.</param>
    /// <param name="extra">Subdiagonals that penalties need beyond those of the rows.</param>
    public BandPreconditioner(IReadOnlyList<JacobianRun> runs, int extra)
    {
        _runs = [.. runs];
        _bandwidths = [.. _runs.Select(run => Math.Min(run.Functions - 1, run.Support - 1 + (run.Functions > 1 ? extra : 0)))];
        _bands = [.. _runs.Select((run, index) => new double[run.RegionLength * (_bandwidths[index] + 1)])];
        _factors = [.. _bands.Select(band => new double[band.Length])];
        _column = new double[_runs.Length == 0 ? 0 : _runs.Max(run => run.Functions)];
    }

    public void Clear()
    {
        foreach (double[] band in _bands)
            Array.Clear(band);
    }

    /// <summary>Adds the contribution of rows.</summary>
    public void Add(JacobianRows rows)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            ReadOnlySpan<double> values = rows.Row(row);
            ReadOnlySpan<int> starts = rows.Starts(row);
            for (int number = 0; number < _runs.Length; number++)
            {
                JacobianRun run = _runs[number];
                int first = (starts[number] - run.Region) / run.Outputs;
                for (int output = 0; output < run.Outputs; output++)
                {
                    for (int i = 0; i < run.Support; i++)
                    {
                        double value = values[run.Offset + i * run.Outputs + output];
                        for (int j = 0; j <= i; j++)
                            Element(number, output, first + i, first + j) += value * values[run.Offset + j * run.Outputs + output];
                    }
                }
            }
        }
    }

    /// <summary>Adds a penalty.</summary>
    public void Add(BandedTerm term)
    {
        int number = Array.FindIndex(_runs, run => run.Region == term.Offset);
        for (int i = 0; i < term.Functions; i++)
        {
            for (int j = Math.Max(0, i - Math.Min(term.Bandwidth, _bandwidths[number])); j <= i; j++)
            {
                for (int output = 0; output < term.Outputs; output++)
                    Element(number, output, i, j) += term.Weights[output] * term.Element(i, j);
            }
        }
    }

    /// <summary>Copies the diagonal.</summary>
    public void ReadDiagonal(Span<double> diagonal)
    {
        for (int number = 0; number < _runs.Length; number++)
        {
            JacobianRun run = _runs[number];
            for (int i = 0; i < run.Functions; i++)
            {
                for (int output = 0; output < run.Outputs; output++)
                    diagonal[run.Region + i * run.Outputs + output] = Element(number, output, i, i);
            }
        }
    }

    /// <summary>Factors with an addition to the diagonal; false where that is not positive definite.</summary>
    public bool Factor(ReadOnlySpan<double> damping)
    {
        for (int number = 0; number < _runs.Length; number++)
        {
            JacobianRun run = _runs[number];
            int width = _bandwidths[number] + 1;
            _bands[number].CopyTo(_factors[number], 0);
            for (int output = 0; output < run.Outputs; output++)
            {
                Span<double> band = _factors[number].AsSpan(output * run.Functions * width, run.Functions * width);
                for (int i = 0; i < run.Functions; i++)
                    band[i * width + width - 1] += damping[run.Region + i * run.Outputs + output];
                if (!BandedCholesky.Factor(band, run.Functions, width - 1).Succeeded)
                    return false;
            }
        }

        return true;
    }

    /// <summary>result = M⁻¹·x.</summary>
    public void Solve(ReadOnlySpan<double> x, Span<double> result)
    {
        for (int number = 0; number < _runs.Length; number++)
        {
            JacobianRun run = _runs[number];
            int width = _bandwidths[number] + 1;
            Span<double> column = _column.AsSpan(0, run.Functions);
            for (int output = 0; output < run.Outputs; output++)
            {
                for (int i = 0; i < run.Functions; i++)
                    column[i] = x[run.Region + i * run.Outputs + output];
                BandedCholesky.Solve<double>(_factors[number].AsSpan(output * run.Functions * width, run.Functions * width), run.Functions, width - 1, column, 1);
                for (int i = 0; i < run.Functions; i++)
                    result[run.Region + i * run.Outputs + output] = column[i];
            }
        }
    }

    private ref double Element(int number, int output, int i, int j)
    {
        int width = _bandwidths[number] + 1;
        return ref _bands[number][(output * _runs[number].Functions + i) * width + j - i + width - 1];
    }
}
