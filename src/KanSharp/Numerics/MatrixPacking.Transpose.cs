using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KanSharp.Numerics;

/// <summary>Transposing copies, in squares of 16 bytes where the machine can interleave registers.</summary>
internal static unsafe partial class MatrixPacking<TV, T>
    where TV : unmanaged, ISimd<TV, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // One cache line of every source row at a time: as many target rows are then written side by side.
    private const int CopyBlock = 16;

    /// <summary>Values in 16 bytes: the side of a square.</summary>
    private static int Side => 16 / sizeof(T);

    /// <summary>Panel column j = source row j, filled with zeros from <paramref name="width"/> to <paramref name="panelWidth"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(T* source, int leading, int width, int depth, int panelWidth, T* panel)
    {
        for (int start = 0; start < depth; start += CopyBlock)
        {
            int count = Math.Min(CopyBlock, depth - start);
            T* from = source + start;
            T* to = panel + ((nint)start * panelWidth);
            int j = 0;
            if (Sse2.IsSupported)
            {
                int squares = count - (count % Side);
                for (; j <= width - Side; j += Side)
                {
                    for (int p = 0; p < squares; p += Side)
                        Square(from + p, leading, to + ((nint)p * panelWidth) + j, panelWidth);
                    for (int p = squares; p < count; p++)
                    {
                        for (int row = 0; row < Side; row++)
                            to[((nint)p * panelWidth) + j + row] = from[((nint)row * leading) + p];
                    }

                    from += (nint)Side * leading;
                }
            }

            for (; j < width; j++)
            {
                for (int p = 0; p < count; p++)
                    to[((nint)p * panelWidth) + j] = from[p];
                from += leading;
            }

            for (int p = 0; p < count; p++)
            {
                for (j = width; j < panelWidth; j++)
                    to[((nint)p * panelWidth) + j] = T.Zero;
            }
        }
    }

    /// <summary>Transposes 4 × 4 floats or 2 × 2 doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square(T* source, nint leading, T* target, nint width)
    {
        Vector128<double> row0 = Vector128.Load((byte*)source).AsDouble();
        Vector128<double> row1 = Vector128.Load((byte*)(source + leading)).AsDouble();
        if (typeof(T) == typeof(double))
        {
            Sse2.UnpackLow(row0, row1).AsByte().Store((byte*)target);
            Sse2.UnpackHigh(row0, row1).AsByte().Store((byte*)(target + width));
            return;
        }

        Vector128<float> row2 = Vector128.Load((byte*)(source + (2 * leading))).AsSingle();
        Vector128<float> row3 = Vector128.Load((byte*)(source + (3 * leading))).AsSingle();
        Vector128<double> low01 = Sse.UnpackLow(row0.AsSingle(), row1.AsSingle()).AsDouble();
        Vector128<double> low23 = Sse.UnpackLow(row2, row3).AsDouble();
        Vector128<double> high01 = Sse.UnpackHigh(row0.AsSingle(), row1.AsSingle()).AsDouble();
        Vector128<double> high23 = Sse.UnpackHigh(row2, row3).AsDouble();
        Sse2.UnpackLow(low01, low23).AsByte().Store((byte*)target);
        Sse2.UnpackHigh(low01, low23).AsByte().Store((byte*)(target + width));
        Sse2.UnpackLow(high01, high23).AsByte().Store((byte*)(target + (2 * width)));
        Sse2.UnpackHigh(high01, high23).AsByte().Store((byte*)(target + (3 * width)));
    }
}
