using System.Runtime.CompilerServices;
using KanSharp.Autodiff;
using KanSharp.Numerics;

namespace KanSharp.Training.LeastSquares;

/// <summary>
/// JᵀJ and Jᵀr, summed up from rows in runs: a row costs the square of its numbers that are not zero, N·(E(k+1))² for a KAN with E edges of
/// degree k, whatever the size of its grids. Threads own rows of the matrix, so the bits do not depend on their number.
/// </summary>
internal sealed class NormalEquations : ParallelWork
{
    private const long SerialWork = 200_000;
    private const int MaxPieces = 16;
    private readonly AlignedBuffer<double> _matrix = new();
    private readonly Executor _executor;
    private readonly JacobianRun[] _runs;
    private readonly int _firstRun;
    private readonly int _origin;
    private readonly int[] _pieces;
    private readonly long _workPerRow;
    private JacobianRows _rows = null!;
    private double[] _residuals = [];

    /// <param name="runs">The runs of a row.</param>
    /// <param name="firstRun">Runs from this one on are the unknowns; those before are constants.</param>
    /// <param name="executor">Threads and register width.</param>
    public NormalEquations(IReadOnlyList<JacobianRun> runs, int firstRun, Executor executor)
    {
        _executor = executor;
        _runs = [.. runs];
        _firstRun = firstRun;
        _origin = firstRun < _runs.Length ? _runs[firstRun].Region : 0;
        Unknowns = CountUnknowns(runs, firstRun);
        // a padded run may reach past the last unknown by less than a register
        Leading = (Unknowns + JacobianRows.Alignment - 1) / JacobianRows.Alignment * JacobianRows.Alignment + JacobianRows.Alignment;
        _matrix.Reserve(checked(Unknowns * Leading));
        Gradient = new double[Unknowns];
        _pieces = Partition(_runs, firstRun, out _workPerRow);
    }

    /// <summary>P.</summary>
    public int Unknowns { get; }

    /// <summary>Elements from one row of the matrix to the next.</summary>
    public int Leading { get; }

    /// <summary>JᵀJ, row-major; only the lower triangle is meant, what stands above it is undefined.</summary>
    public Span<double> Matrix => _matrix.Slice(0, Unknowns * Leading);

    /// <summary>Jᵀr.</summary>
    public double[] Gradient { get; }

    /// <summary>Unknowns of the runs from a number on.</summary>
    public static int CountUnknowns(IReadOnlyList<JacobianRun> runs, int firstRun) => runs.Skip(firstRun).Sum(run => run.RegionLength);

    public void Clear()
    {
        Matrix.Clear();
        Array.Clear(Gradient);
    }

    /// <summary>Adds the contribution of rows.</summary>
    /// <param name="rows">Rows of J.</param>
    /// <param name="residuals">r, one per row.</param>
    public void Add(JacobianRows rows, double[] residuals)
    {
        _rows = rows;
        _residuals = residuals;
        int pieces = _pieces.Length - 1;
        if (_workPerRow * rows.Count >= SerialWork)
        {
            _executor.Run(this, pieces);
            return;
        }

        for (int piece = 0; piece < pieces; piece++)
            Execute(piece);
    }

    /// <summary>One piece: the rows of the matrix that belong to some of the runs.</summary>
    public override void Execute(int piece)
    {
        for (int run = _pieces[piece]; run < _pieces[piece + 1]; run++)
        {
            switch (_executor.Width)
            {
                case SimdWidth.Bits512: AddRun<Simd512<double>>(run); break;
                case SimdWidth.Bits256: AddRun<Simd256<double>>(run); break;
                case SimdWidth.Bits128: AddRun<Simd128<double>>(run); break;
                default: AddRun<SimdScalar<double>>(run); break;
            }
        }
    }

    /// <summary>Cuts the runs into pieces of similar work; depends on the runs alone.</summary>
    private static int[] Partition(JacobianRun[] runs, int firstRun, out long total)
    {
        total = 0;
        for (int run = firstRun; run < runs.Length; run++)
            total += Work(runs, firstRun, run);
        var cuts = new List<int> { firstRun };
        long sum = 0;
        for (int run = firstRun; run < runs.Length; run++)
        {
            sum += Work(runs, firstRun, run);
            if (sum * MaxPieces >= total * cuts.Count || run == runs.Length - 1)
                cuts.Add(run + 1);
        }

        return [.. cuts];
    }

    private static long Work(JacobianRun[] runs, int firstRun, int run) =>
        (long)runs[run].Length * (runs[run].Offset + runs[run].Padded - runs[firstRun].Offset);

    /// <summary>
    /// The rows of the matrix that belong to one run: four at a time, each value of the row broadcast, times the runs up to this one. 4 loads, 4
    /// stores and 4 multiply-adds per register of values: the stores set the pace.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRun<V>(int run)
        where V : unmanaged, ISimd<V, double>
    {
        JacobianRun place = _runs[run];
        ReadOnlySpan<JacobianRun> runs = _runs;
        int firstRun = _firstRun;
        nint leading = Leading;
        ref double matrix = ref _matrix.First;
        for (int row = 0; row < _rows.Count; row++)
        {
            ReadOnlySpan<double> values = _rows.Row(row);
            ref readonly double first = ref values[0];
            ReadOnlySpan<int> starts = _rows.Starts(row);
            ReadOnlySpan<double> own = values.Slice(place.Offset, place.Length);
            int start = starts[run] - _origin;
            int index = 0;
            for (; index + 4 <= own.Length; index += 4)
            {
                V v0 = V.Broadcast(own[index]);
                V v1 = V.Broadcast(own[index + 1]);
                V v2 = V.Broadcast(own[index + 2]);
                V v3 = V.Broadcast(own[index + 3]);
                nint line = (start + index) * leading - _origin;
                for (int other = firstRun; other <= run; other++)
                {
                    nint target = line + starts[other];
                    nint source = runs[other].Offset;
                    for (nint end = source + runs[other].Padded; source < end; source += V.Count, target += V.Count)
                    {
                        V x = V.Load(in first, source);
                        V.Store(V.MultiplyAdd(v0, x, V.Load(in matrix, target)), ref matrix, target);
                        V.Store(V.MultiplyAdd(v1, x, V.Load(in matrix, target + leading)), ref matrix, target + leading);
                        V.Store(V.MultiplyAdd(v2, x, V.Load(in matrix, target + 2 * leading)), ref matrix, target + 2 * leading);
                        V.Store(V.MultiplyAdd(v3, x, V.Load(in matrix, target + 3 * leading)), ref matrix, target + 3 * leading);
                    }
                }
            }

            for (; index < own.Length; index++)
            {
                V v = V.Broadcast(own[index]);
                nint line = (start + index) * leading - _origin;
                for (int other = firstRun; other <= run; other++)
                {
                    nint target = line + starts[other];
                    nint source = runs[other].Offset;
                    for (nint end = source + runs[other].Padded; source < end; source += V.Count, target += V.Count)
                        V.Store(V.MultiplyAdd(v, V.Load(in first, source), V.Load(in matrix, target)), ref matrix, target);
                }
            }

            double residual = _residuals[row];
            Span<double> gradient = Gradient.AsSpan(start, own.Length);
            for (index = 0; index < own.Length; index++)
                gradient[index] += own[index] * residual;
        }
    }
}
