using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// Rows of a Jacobian for products JᵀJ·v: kept as far as the memory allows, otherwise computed anew for every product. Rows are cut into a fixed number
/// of parts, each with a sum of its own, so the bits do not depend on the number of threads.
/// </summary>
/// <param name="unknowns">P.</param>
/// <param name="maxBytes">Most memory for rows.</param>
/// <param name="executor">Threads.</param>
internal sealed class RowStore(int unknowns, long maxBytes, Executor executor) : ParallelWork
{
    private const int Parts = 4;
    private readonly List<JacobianRows> _kept = [];
    private readonly double[][] _sums = [.. Enumerable.Range(0, Parts).Select(_ => new double[unknowns])];
    private Func<Action<JacobianRows, double[]>, double> _pass = null!;
    private int _count;
    private bool _isComplete = true;
    private JacobianRows _rows = null!;
    private double[] _vector = [];

    /// <summary>Whether all rows are kept.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>Takes all rows of a pass.</summary>
    /// <param name="pass">Goes through all rows and returns the loss.</param>
    /// <param name="receive">Gets every block of rows, too.</param>
    public double Fill(Func<Action<JacobianRows, double[]>, double> pass, Action<JacobianRows, double[]> receive)
    {
        _pass = pass;
        _count = 0;
        _isComplete &= maxBytes > 0;
        long bytes = 0;
        return pass((rows, residuals) =>
        {
            receive(rows, residuals);
            bytes += (long)rows.Count * (rows.RowLength * sizeof(double) + rows.RunCount * sizeof(int));
            if (bytes > maxBytes)
            {
                // the next pass would not fit either: what is kept only takes room
                _isComplete = false;
                _kept.Clear();
            }

            if (!_isComplete)
                return;
            if (_count == _kept.Count)
                _kept.Add(new JacobianRows());
            _kept[_count++].CopyFrom(rows);
        });
    }

    /// <summary>result = JᵀJ·vector.</summary>
    public void Multiply(double[] vector, Span<double> result)
    {
        _vector = vector;
        foreach (double[] sum in _sums)
            Array.Clear(sum);
        if (_isComplete)
        {
            for (int block = 0; block < _count; block++)
                Add(_kept[block], []);
        }
        else
        {
            _pass(Add);
        }

        _sums[0].CopyTo(result);
        for (int part = 1; part < Parts; part++)
            Vectors.AddScaled(1, _sums[part], result);
    }

    /// <summary>One part of the rows of a block.</summary>
    public override void Execute(int piece)
    {
        int first = (int)((long)_rows.Count * piece / Parts);
        int last = (int)((long)_rows.Count * (piece + 1) / Parts);
        _rows.AddProduct(first, last, _vector, _sums[piece]);
    }

    private void Add(JacobianRows rows, double[] residuals)
    {
        _rows = rows;
        executor.Run(this, Parts);
    }
}
