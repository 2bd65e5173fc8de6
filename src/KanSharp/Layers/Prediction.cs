using System.Numerics;
using System.Runtime.InteropServices;
using KanSharp.Numerics;

namespace KanSharp.Layers;

/// <summary>
/// Rows of a prediction, cut into pieces that go through the whole module one after the other or on several threads: what a piece has between
/// two layers stays in the cache. How rows are cut follows from the module and their number alone.
/// </summary>
internal sealed unsafe class Prediction<T> : ParallelWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Multiply-adds of a piece: some 50 µs, about ten times what it takes to wake a thread.</summary>
    private const long PieceCost = 1 << 20;

    /// <summary>With fewer rows than this the weights are not used often enough while they are in the cache.</summary>
    private const int FewestRows = 128;

    private const int MostRows = 1024;

    private Module<T> _module = null!;
    private Executor _executor = null!;
    private T* _x;
    private T* _y;
    private int _features;
    private int _outputs;
    private int _rows;
    private int _rowsPerPiece;

    /// <summary>Computes all rows.</summary>
    public static void Run(Module<T> module, RowPlan plan, int rows, ReadOnlySpan<T> x, Span<T> y, Executor? executor)
    {
        if (rows == 0)
            return;
        executor ??= Executor.Default;
        int rowsPerPiece = rows <= FewestRows ? rows : (int)Math.Clamp(PieceCost / Math.Max(1, plan.Cost), FewestRows, MostRows);
        if (rows <= rowsPerPiece)
        {
            module.Evaluate(rows, x, y, executor);
            return;
        }

        Prediction<T> work = WorkCache<Prediction<T>>.Rent();
        fixed (T* source = &MemoryMarshal.GetReference(x), target = &MemoryMarshal.GetReference(y))
        {
            (work._module, work._executor) = (module, executor);
            work._x = source;
            work._y = target;
            (work._features, work._outputs, work._rows, work._rowsPerPiece) = (x.Length / rows, plan.Outputs, rows, rowsPerPiece);
            executor.Run(work, (rows + rowsPerPiece - 1) / rowsPerPiece);
        }

        (work._module, work._executor) = (null!, null!);
        WorkCache<Prediction<T>>.Return(work);
    }

    /// <inheritdoc/>
    public override void Execute(int piece)
    {
        int row = piece * _rowsPerPiece;
        int rows = Math.Min(_rowsPerPiece, _rows - row);
        var x = new ReadOnlySpan<T>(_x + (nint)row * _features, rows * _features);
        var y = new Span<T>(_y + (nint)row * _outputs, rows * _outputs);
        _module.Evaluate(rows, x, y, _executor);
    }
}
