using System.Numerics;
using KanSharp.Bases;
using KanSharp.Numerics;

namespace KanSharp.Layers.Kernels;

/// <summary>The loops over points that lie side by side in registers, compiled for a register width, a size of the tables and a degree.</summary>
internal abstract class LaneKernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Outputs that <see cref="Sum"/> and <see cref="SumBase"/> take at once.</summary>
    public const int MostSums = 8;

    /// <summary>Highest degree.</summary>
    public const int MostDegree = 5;

    /// <summary><see cref="LocalBasisTable{T}.LocateLanes{V, TTable}"/>.</summary>
    public abstract void Locate(LocalBasisTable<T> table, int feature, ref T x, ref T cells, in LanePoints<T> points);

    /// <summary>y[n] += factor[n]·φ(u[n]) + weight·bases[n].</summary>
    /// <param name="points">The points.</param>
    /// <param name="edge">Tables of φ.</param>
    /// <param name="bases">One number per point, or a null reference; the factors are part of it.</param>
    /// <param name="weight">Weight of the bases.</param>
    /// <param name="y">Is added to.</param>
    public abstract void Add(in LanePoints<T> points, ref T edge, ref T bases, T weight, ref T y);

    /// <summary>sums[o] += factor[n]·B(u[n])·g[o][n], lane by lane.</summary>
    /// <param name="points">The points.</param>
    /// <param name="function">Tables of B.</param>
    /// <param name="g">[outputs][<paramref name="stride"/>].</param>
    /// <param name="stride">Elements from one output to the next.</param>
    /// <param name="outputs">1 to <see cref="MostSums"/>.</param>
    /// <param name="sums">A register per output.</param>
    public abstract void Sum(in LanePoints<T> points, ref T function, ref T g, int stride, int outputs, ref T sums);

    /// <summary>sums[o] += bases[n]·g[o][n], lane by lane.</summary>
    public abstract void SumBase(ref T bases, int count, ref T g, int stride, int outputs, ref T sums);

    /// <summary>Adds up the lanes of registers.</summary>
    /// <param name="registers">[rows][outputs] registers.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="outputs">Registers of a row.</param>
    /// <param name="sums">Receives [rows][<paramref name="stride"/>].</param>
    /// <param name="stride">Elements from one row of sums to the next.</param>
    public abstract void Collect(ref T registers, int rows, int outputs, ref T sums, int stride);

    /// <summary>The kernels for a shape; the same object every time.</summary>
    /// <param name="width">SIMD width.</param>
    /// <param name="tableRegisters">Registers of a table, 1 or 2; 0 for tables in memory.</param>
    /// <param name="degree">Degree of the polynomials, 1 to <see cref="MostDegree"/>.</param>
    public static LaneKernels<T> For(SimdWidth width, int tableRegisters, int degree) => width switch
    {
        SimdWidth.Bits512 => OfWidth<Simd512<T>>(tableRegisters, degree),
        SimdWidth.Bits256 => OfWidth<Simd256<T>>(tableRegisters, degree),
        SimdWidth.Bits128 => OfWidth<Simd128<T>>(tableRegisters, degree),
        _ => OfWidth<SimdScalar<T>>(tableRegisters, degree),
    };

    private static LaneKernels<T> OfWidth<V>(int tableRegisters, int degree)
        where V : unmanaged, ISimd<V, T> => tableRegisters switch
        {
            0 => OfTable<V, InMemory>(degree),
            1 => OfTable<V, OneRegister>(degree),
            _ => OfTable<V, TwoRegisters>(degree),
        };

    private static LaneKernels<T> OfTable<V, TTable>(int degree)
        where V : unmanaged, ISimd<V, T>
        where TTable : struct, ILaneTable => degree switch
        {
            1 => CompiledLaneKernels<V, TTable, One, T>.Instance,
            2 => CompiledLaneKernels<V, TTable, Two, T>.Instance,
            3 => CompiledLaneKernels<V, TTable, Three, T>.Instance,
            4 => CompiledLaneKernels<V, TTable, Four, T>.Instance,
            _ => CompiledLaneKernels<V, TTable, Five, T>.Instance,
        };
}
