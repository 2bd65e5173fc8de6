using System.Numerics;
using System.Runtime.CompilerServices;

namespace KanSharp.Numerics;

/// <summary>A block of rows times one panel: the walk of the register tile down the rows, and what happens at ragged edges.</summary>
internal static unsafe class PanelProduct<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>c[rows × width] (+)= a[rows × depth] · b[depth × width].</summary>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="a">a(r, p) = a[r · aRow + p · aStep] within six rows.</param>
    /// <param name="aRow">Elements from row to row.</param>
    /// <param name="aStep">Elements from step to step of the sum.</param>
    /// <param name="aTile">Elements from one six of rows to the next.</param>
    /// <param name="rows">Rows of a and c.</param>
    /// <param name="b">b(p, j) = b[p · bStep + j], readable to whole registers.</param>
    /// <param name="bStep">Elements from step to step of the sum.</param>
    /// <param name="width">Columns, at most a panel.</param>
    /// <param name="c">Target, row-major.</param>
    /// <param name="leading">Elements from row to row of the target.</param>
    /// <param name="mode">What happens to the target's former content.</param>
    [SkipLocalsInit]
    public static void Run(
        int depth, T* a, nint aRow, nint aStep, nint aTile, int rows, T* b, nint bStep, int width, T* c, int leading, ProductMode mode)
    {
        const int Rows = MicroKernel<TV, T>.Rows;
        T* space = stackalloc T[(Rows * MicroKernel<TV, T>.PanelWidth) + (64 / sizeof(T))];
        T* tile = AlignedBuffer<T>.Align(space);
        int registers = MicroKernel<TV, T>.Registers(width);
        int tileWidth = registers * TV.Count;
        // A whole tile goes from the registers to its place; others pass through memory that has room for all of it.
        bool whole = width == tileWidth && mode != ProductMode.Subtract;
        for (int row = 0; row < rows; row += Rows)
        {
            int tileRows = Math.Min(Rows, rows - row);
            if (whole && tileRows == Rows)
            {
                MicroKernel<TV, T>.Run(registers, depth, ref *a, aRow, aStep, tileRows, ref *b, bStep, ref *c, leading, mode == ProductMode.Add);
            }
            else
            {
                MicroKernel<TV, T>.Run(registers, depth, ref *a, aRow, aStep, tileRows, ref *b, bStep, ref *tile, tileWidth, add: false);
                MatrixPacking<TV, T>.StoreTile(tile, tileWidth, c, leading, tileRows, width, mode);
            }

            a += aTile;
            c += (nint)Rows * leading;
        }
    }
}
