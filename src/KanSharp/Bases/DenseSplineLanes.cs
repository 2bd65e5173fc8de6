using System.Numerics;
using System.Runtime.CompilerServices;
using KanSharp.Numerics;

namespace KanSharp.Bases;

/// <summary>
/// All functions of a local basis at points that lie side by side in registers: the cell of each point is found once, then every function is the polynomial of that
/// cell, its coefficients picked lane by lane from tables that stay in registers. No value is scattered, and zeros cost no more than a value.
/// </summary>
internal sealed class DenseSplineLanes<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _buffer = new();

    /// <summary>Whether the tables of a basis fit into registers of this width.</summary>
    public static bool CanServe<V>(LocalBasisTable<T> table)
        where V : unmanaged, ISimd<V, T> => V.PermutesFast && table.Degree <= 5 && table.Entries <= 2 * V.Count;

    /// <summary>Writes values as <see cref="GlobalBasis{T}.Evaluate"/> does.</summary>
    public void Evaluate<V>(LocalBasisTable<T> table, in BasisBlock<T> block)
        where V : unmanaged, ISimd<V, T>
    {
        if (table.Entries <= V.Count)
            Evaluate<V, OneRegister>(table, block);
        else
            Evaluate<V, TwoRegisters>(table, block);
    }

    private void Evaluate<V, TTable>(LocalBasisTable<T> table, in BasisBlock<T> block)
        where V : unmanaged, ISimd<V, T>
        where TTable : struct, ILaneTable
    {
        int length = TTable.Registers * V.Count, powers = table.PowersOf(block.Order);
        int functions = table.Count * powers * length;
        _buffer.Reserve((2 * length) + functions + (2 * block.Length));
        Span<T> cells = _buffer.Slice(0, 2 * length), pieces = _buffer.Slice(2 * length, functions);
        ref T index = ref Unsafe.Add(ref _buffer.First, (2 * length) + functions);
        ref T u = ref Unsafe.Add(ref index, block.Length);
        for (int feature = 0; feature < block.Features; feature++)
        {
            table.WriteCells(block.Feature + feature, cells, length);
            table.WriteFunctions(block.Feature + feature, block.Order, pieces, length);
            ref T points = ref Unsafe.Add(ref block.Points, (nint)feature * block.PointStride);
            table.LocateLanes<V, TTable>(block.Feature + feature, ref points, block.Length, ref cells[0], length, ref index, ref u);
            for (int j = 0; j < table.Count; j++)
            {
                ref T values = ref Unsafe.Add(ref block.Values, (nint)((feature * table.Count) + j) * block.ValueStride);
                ref T piece = ref pieces[j * powers * length];
                switch (powers)
                {
                    case 2: Row<V, TTable, One>(block.Length, length, ref piece, ref index, ref u, ref values); break;
                    case 3: Row<V, TTable, Two>(block.Length, length, ref piece, ref index, ref u, ref values); break;
                    case 4: Row<V, TTable, Three>(block.Length, length, ref piece, ref index, ref u, ref values); break;
                    case 5: Row<V, TTable, Four>(block.Length, length, ref piece, ref index, ref u, ref values); break;
                    default: Row<V, TTable, Five>(block.Length, length, ref piece, ref index, ref u, ref values); break;
                }
            }
        }
    }

    /// <summary>One function at all points, a polynomial of the given degree on each cell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<V, TTable, TDegree>(int count, int length, ref T piece, ref T index, ref T u, ref T values)
        where V : unmanaged, ISimd<V, T>
        where TTable : struct, ILaneTable
        where TDegree : struct, IConstant
    {
        LaneLookup<V, TTable, T> c0 = Table<V, TTable>(ref piece, 0, length), c1 = Table<V, TTable>(ref piece, 1, length);
        LaneLookup<V, TTable, T> c2 = TDegree.Value > 1 ? Table<V, TTable>(ref piece, 2, length) : default;
        LaneLookup<V, TTable, T> c3 = TDegree.Value > 2 ? Table<V, TTable>(ref piece, 3, length) : default;
        LaneLookup<V, TTable, T> c4 = TDegree.Value > 3 ? Table<V, TTable>(ref piece, 4, length) : default;
        LaneLookup<V, TTable, T> c5 = TDegree.Value > 4 ? Table<V, TTable>(ref piece, 5, length) : default;
        for (nint n = 0; n < count; n += V.Count)
        {
            V cell = V.Load(ref index, n), argument = V.Load(ref u, n);
            ref T lanes = ref Unsafe.Add(ref index, n);
            V sum = V.Zero;
            if (TDegree.Value > 4)
                sum = c5.At(cell, ref lanes, ref piece);
            if (TDegree.Value > 3)
                sum = TDegree.Value > 4 ? V.MultiplyAdd(sum, argument, c4.At(cell, ref lanes, ref piece)) : c4.At(cell, ref lanes, ref piece);
            if (TDegree.Value > 2)
                sum = TDegree.Value > 3 ? V.MultiplyAdd(sum, argument, c3.At(cell, ref lanes, ref piece)) : c3.At(cell, ref lanes, ref piece);
            if (TDegree.Value > 1)
                sum = TDegree.Value > 2 ? V.MultiplyAdd(sum, argument, c2.At(cell, ref lanes, ref piece)) : c2.At(cell, ref lanes, ref piece);
            sum = TDegree.Value > 1 ? V.MultiplyAdd(sum, argument, c1.At(cell, ref lanes, ref piece)) : c1.At(cell, ref lanes, ref piece);
            V.Store(V.MultiplyAdd(sum, argument, c0.At(cell, ref lanes, ref piece)), ref values, n);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static LaneLookup<V, TTable, T> Table<V, TTable>(ref T piece, int power, int length)
        where V : unmanaged, ISimd<V, T>
        where TTable : struct, ILaneTable => LaneLookup<V, TTable, T>.Load(ref Unsafe.Add(ref piece, power * length));
}
