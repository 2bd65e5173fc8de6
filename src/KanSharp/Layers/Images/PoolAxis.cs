namespace KanSharp.Layers.Images;

/// <summary>The windows of pooling along one axis: either equal ones at equal distances, or adaptive ones that share the axis out.</summary>
/// <param name="Input">Extent of the input.</param>
/// <param name="Output">Number of windows.</param>
/// <param name="Kernel">Length of a window; 0 for adaptive ones.</param>
/// <param name="Stride">Distance between two windows.</param>
/// <param name="Padding">How far the first window begins before the input.</param>
internal readonly record struct PoolAxis(int Input, int Output, int Kernel, int Stride, int Padding)
{
    /// <summary>An axis that the image does not have.</summary>
    public static PoolAxis Absent => new(1, 1, 1, 1, 0);

    /// <summary>Whether every window is two neighbours and no element is in two of them.</summary>
    public bool IsPairs => Kernel == 2 && Stride == 2 && Padding == 0;

    /// <summary>Whether all windows have the same number of elements in the input.</summary>
    public bool IsUniform => Kernel > 0 && Padding == 0;

    /// <summary>Equal windows; the last one that does not fit is left out.</summary>
    public static PoolAxis Window(int input, int kernel, int stride, int padding) =>
        new(input, (int)((input + 2L * padding - kernel) / stride) + 1, kernel, stride, padding);

    /// <summary>Window i from ⌊i·input/output⌋ to ⌈(i + 1)·input/output⌉.</summary>
    public static PoolAxis Adaptive(int input, int output) =>
        input % output == 0 ? new PoolAxis(input, output, input / output, input / output, 0) : new PoolAxis(input, output, 0, 0, 0);

    /// <summary>First element of a window in the input, and the one after the last.</summary>
    public (int Start, int End) Bounds(int window)
    {
        if (Kernel == 0)
            return ((int)((long)window * Input / Output), (int)(((window + 1L) * Input + Output - 1) / Output));
        int start = window * Stride - Padding;
        return (Math.Max(start, 0), (int)Math.Min((long)start + Kernel, Input));
    }
}
