using KanSharp.Autodiff;
using KanSharp.Layers;
using KanSharp.Numerics;
using KanSharp.Training.LeastSquares;

namespace KanSharp.Equations.Solving;

/// <summary>
/// A problem discretised at collocation points: blocks of weighted residuals of a module, as a least-squares problem (rows of the Jacobian) and as a function with a
/// gradient.
/// </summary>
internal sealed class CollocationSystem : LeastSquaresProblem<double>
{
    private readonly Module<double> _module;
    private readonly IReadOnlyList<Parameter<double>> _coefficients;
    private readonly Action _checkInterruption;
    private readonly Executor _executor;
    private readonly Tape<double>[] _tapes;
    private readonly JacobianRows _rows = new();
    private readonly int _rowsPerPass;
    private Tape<double>? _gradientTape;
    private double[] _residuals = [];
    private double[] _cotangent = [];
    private bool _isFinishing;

    /// <param name="module">From points [N, d] to as many outputs as unknowns.</param>
    /// <param name="coefficients">Unknown coefficients.</param>
    /// <param name="blocks">The residuals.</param>
    /// <param name="executor">Threads and register width.</param>
    /// <param name="checkInterruption">Throws if the work should stop; called between passes.</param>
    public CollocationSystem(
        Module<double> module, IReadOnlyList<Parameter<double>> coefficients, IReadOnlyList<CollocationBlock> blocks, Executor executor, Action checkInterruption)
    {
        (_module, _coefficients, Blocks, _executor, _checkInterruption) = (module, coefficients, blocks, executor, checkInterruption);
        _tapes = [.. blocks.Select(_ => new Tape<double>(executor) { ForJacobian = true })];
        Rows = blocks.Sum(block => (long)block.Count * block.ResidualCount);
        JacobianLayout<double>[] layouts = [.. blocks.Select(Declare)];
        Layout = layouts[0];
        CheckKnown([.. module.Parameters(), .. coefficients.Select((coefficient, index) => ($"coefficient {index}", coefficient))], Layout);
        if (layouts.Any(layout => !layout.Segments.SequenceEqual(Layout.Segments)))
            throw new NotSupportedException("The layers of this module are computed in another order for other derivatives; Levenberg-Marquardt can not put the unknowns in one order.");
        _rowsPerPass = RowsFor(Layout);
    }

    public override JacobianLayout<double> Layout { get; }

    public override long Rows { get; }

    public override bool CanProject => false;

    public IReadOnlyList<CollocationBlock> Blocks { get; }

    public override double Loss()
    {
        double loss = 0, first = 0;
        foreach ((int block, _, double[] residuals, int count) in Passes())
        {
            double part = Vectors.Dot(residuals.AsSpan(0, count), residuals.AsSpan(0, count));
            loss += part;
            first += block == 0 ? part : 0;
        }

        EquationResidual = Math.Sqrt(first / (Blocks[0].Weight * Blocks[0].ResidualCount));
        return loss;
    }

    /// <summary>The loss, computed even where the work is to stop.</summary>
    public double LossAtEnd()
    {
        _isFinishing = true;
        try
        {
            return Loss();
        }
        finally
        {
            _isFinishing = false;
        }
    }

    /// <summary>Root mean square of the residuals of the first block, the equations, at the last evaluation of the loss.</summary>
    public double EquationResidual { get; private set; }

    /// <summary>Mean square of the residuals of every block, over points and equations and without weights.</summary>
    public double[] MeanSquares()
    {
        var sums = new double[Blocks.Count];
        foreach ((int index, _, double[] residuals, int count) in Passes())
        {
            CollocationBlock block = Blocks[index];
            for (int row = 0; row < count; row++)
                sums[index] += residuals[row] * residuals[row] / (block.Weight * block.ResidualCount);
        }

        return sums;
    }

    /// <summary>Largest magnitude of the residuals at every point of a block, without weights.</summary>
    public double[] Magnitudes(int wanted)
    {
        var magnitudes = new double[Blocks[wanted].Count];
        foreach ((int index, int start, double[] residuals, int count) in Passes(wanted))
        {
            for (int row = 0; row < count; row++)
                magnitudes[start + row] = Math.Max(magnitudes[start + row], Math.Abs(residuals[row] / Blocks[index].Factors[start + row]));
        }

        return magnitudes;
    }

    public override double Linearize(Action<JacobianRows, double[]> receive)
    {
        double loss = 0;
        for (int index = 0; index < Blocks.Count; index++)
        {
            CollocationBlock block = Blocks[index];
            var residuals = new Var<double>[block.ResidualCount];
            for (int start = 0; start < block.Count; start += _rowsPerPass)
            {
                int count = Math.Min(_rowsPerPass, block.Count - start);
                Record(_tapes[index], block, start, count, residuals);
                for (int number = 0; number < residuals.Length; number++)
                {
                    loss += Scale(block, start, count, residuals[number].Values);
                    _rows.Reserve(count, Layout.RowLength, Layout.Runs);
                    AddRows(_tapes[index], residuals[number], block.Factors.AsSpan(start, count), _rows);
                    _rows.Complete();
                    receive(_rows, _residuals);
                }
            }
        }

        return loss;
    }

    /// <summary>
    /// Mean over the points of the squared length of a Jacobian row, for every block and without its weight: the trace of the Gauss-Newton matrix or of the tangent
    /// kernel, which are the same.
    /// </summary>
    public double[] Traces()
    {
        var traces = new double[Blocks.Count];
        int index = 0;
        long taken = 0;
        Linearize((rows, _) =>
        {
            while (taken >= (long)Blocks[index].Count * Blocks[index].ResidualCount)
                (index, taken) = (index + 1, 0);
            for (int row = 0; row < rows.Count; row++)
                traces[index] += Vectors.Dot(rows.Row(row), rows.Row(row)) / Blocks[index].Weight;
            taken += rows.Count;
        });
        return traces;
    }

    /// <summary>Adds the gradient of the loss to the parameters.</summary>
    /// <returns>The loss.</returns>
    public double Gradient()
    {
        _gradientTape ??= new Tape<double>(_executor);
        double loss = 0;
        foreach (CollocationBlock block in Blocks)
        {
            var residuals = new Var<double>[block.ResidualCount];
            int pass = Math.Max(1024, _rowsPerPass);
            for (int start = 0; start < block.Count; start += pass)
            {
                int count = Math.Min(pass, block.Count - start);
                Record(_gradientTape, block, start, count, residuals);
                for (int number = 0; number < residuals.Length; number++)
                {
                    loss += Scale(block, start, count, residuals[number].Values);
                    if (_cotangent.Length < count)
                        _cotangent = new double[count];
                    for (int row = 0; row < count; row++)
                        _cotangent[row] = 2 * _residuals[row] * block.Factors[start + row];
                    _gradientTape.Backward(residuals[number], _cotangent.AsSpan(0, count));
                }
            }

            if (block == Blocks[0])
                EquationResidual = Math.Sqrt(loss / (block.Weight * block.ResidualCount));
        }

        return loss;
    }

    private JacobianLayout<double> Declare(CollocationBlock block, int index)
    {
        int samples = Math.Min(2, block.Count);
        Record(_tapes[index], block, 0, samples, new Var<double>[block.ResidualCount]);
        return new JacobianLayout<double>(_tapes[index], samples);
    }

    private void Record(Tape<double> tape, CollocationBlock block, int start, int count, Span<Var<double>> residuals)
    {
        if (!_isFinishing)
            _checkInterruption();
        tape.Reset();
        block.Record(tape, _module, _coefficients, start, count, residuals);
    }

    /// <summary>The weighted residuals, in <see cref="_residuals"/>; the sum of their squares.</summary>
    private double Scale(CollocationBlock block, int start, int count, ReadOnlySpan<double> values)
    {
        if (_residuals.Length < count)
            _residuals = new double[count];
        double sum = 0;
        for (int row = 0; row < count; row++)
        {
            double residual = _residuals[row] = block.Factors[start + row] * values[row];
            sum += residual * residual;
        }

        return sum;
    }

    private IEnumerable<(int Block, int Start, double[] Residuals, int Count)> Passes(int wanted = -1)
    {
        for (int index = 0; index < Blocks.Count; index++)
        {
            if (wanted >= 0 && index != wanted)
                continue;
            CollocationBlock block = Blocks[index];
            var residuals = new Var<double>[block.ResidualCount];
            for (int start = 0; start < block.Count; start += _rowsPerPass)
            {
                int count = Math.Min(_rowsPerPass, block.Count - start);
                Record(_tapes[index], block, start, count, residuals);
                for (int number = 0; number < residuals.Length; number++)
                {
                    Scale(block, start, count, residuals[number].Values);
                    yield return (index, start, _residuals, count);
                }
            }
        }
    }
}
