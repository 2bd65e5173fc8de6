namespace KanSharp.Layers.Images;

/// <summary>
/// A convolution as additions along one axis. The padded image is cut into one plane for each phase of the stride, flattened row by row. Then the input that output p
/// needs at a tap is element p + offset of the tap's plane, for every p at once: rows of outputs lie as far apart as rows of the plane, and the few elements between
/// them are computed and dropped. Nothing is copied for a tap, whatever stride, dilation, padding and number of axes.
/// </summary>
internal sealed class ConvGeometry
{
    private ConvGeometry(ConvWindow window, PaddingMode mode, int[] input)
    {
        Window = window;
        Mode = mode;
        Input = input;
        Output = window.Outputs(input);
        if (mode == PaddingMode.Reflect)
        {
            for (int axis = 0; axis < input.Length; axis++)
            {
                if (ConvWindow.At(window.Padding, axis) >= input[axis])
                    throw new ArgumentException($"A mirrored image of {ConvWindow.Show(input)} has no room for a padding of {ConvWindow.At(window.Padding, axis)} on axis {axis}; use less padding or {nameof(PaddingMode.Replicate)}.", nameof(input));
            }
        }

        if (mode == PaddingMode.Replicate && input.Contains(0))
            throw new ArgumentException($"An image of {ConvWindow.Show(input)} has no place to repeat; every extent must be at least 1.", nameof(input));
        InputCount = Product(input);
        OutputCount = Product(Output);
        RowLength = Output[^1];
        var extents = new int[input.Length];
        for (int axis = 0; axis < input.Length; axis++)
        {
            int stride = ConvWindow.At(window.Stride, axis);
            extents[axis] = ((Output[axis] - 1) * stride + (window.Kernel[axis] - 1) * ConvWindow.At(window.Dilation, axis)) / stride + 1;
        }

        PlaneSize = Product(extents);
        (int[][] phases, PlaneOfTap, OffsetOfTap) = Taps(window, extents);
        Planes = phases.Length;
        LargestOffset = OffsetOfTap.Max();
        TapsBefore = [.. Enumerable.Range(0, Planes + 1).Select(plane => PlaneOfTap.Count(of => of < plane))];
        Source = new int[Planes * PlaneSize];
        for (int plane = 0; plane < Planes; plane++)
        {
            for (int place = 0; place < PlaneSize; place++)
                Source[plane * PlaneSize + place] = SourceOf(phases[plane], place, extents);
        }

        int[] outputExtents = Output;
        RowStarts = new int[OutputCount / RowLength];
        for (int row = 0; row < RowStarts.Length; row++)
        {
            int start = 0, rest = row, step = extents[^1];
            for (int axis = extents.Length - 2; axis >= 0; axis--)
            {
                start += rest % outputExtents[axis] * step;
                rest /= outputExtents[axis];
                step *= extents[axis];
            }

            RowStarts[row] = start;
        }

        LastOutput = RowStarts[^1] + RowLength;
        Runs = RunsOf(Source, PlaneSize);
        Empty = [.. Enumerable.Range(0, Source.Length).Where(place => Source[place] < 0)];
    }

    /// <summary>The window.</summary>
    public ConvWindow Window { get; }

    /// <summary>What lies outside the image.</summary>
    public PaddingMode Mode { get; }

    /// <summary>Extents of the image.</summary>
    public int[] Input { get; }

    /// <summary>Extents of the output.</summary>
    public int[] Output { get; }

    /// <summary>Places of a channel of the image.</summary>
    public int InputCount { get; }

    /// <summary>Places of a channel of the output.</summary>
    public int OutputCount { get; }

    /// <summary>Planes of a channel.</summary>
    public int Planes { get; }

    /// <summary>Elements of a plane.</summary>
    public int PlaneSize { get; }

    /// <summary>Place of the image for each element of the planes; −1 where there is none.</summary>
    public int[] Source { get; }

    /// <summary>Elements of the planes without a place of the image.</summary>
    public int[] Empty { get; }

    /// <summary>
    /// The planes as copies of consecutive places of the image, (element, place, length) each; empty where they are so short that going through
    /// <see cref="Source"/> is faster.
    /// </summary>
    public (int Element, int Place, int Length)[] Runs { get; }

    /// <summary>Elements of a plane up to the last output.</summary>
    public int LastOutput { get; }

    /// <summary>Plane of each tap; taps are counted row by row.</summary>
    public int[] PlaneOfTap { get; }

    /// <summary>Where in its plane the first output's input stands, for each tap.</summary>
    public int[] OffsetOfTap { get; }

    /// <summary>The largest of these.</summary>
    public int LargestOffset { get; }

    /// <summary>Taps of all planes before a plane; the last entry counts all.</summary>
    public int[] TapsBefore { get; }

    /// <summary>Outputs along the last axis.</summary>
    public int RowLength { get; }

    /// <summary>Where each row of outputs begins in the flat order of the planes.</summary>
    public int[] RowStarts { get; }

    /// <summary>The geometry of an input; a known one if it is of the same.</summary>
    public static ConvGeometry Of(ref ConvGeometry? known, ConvWindow window, PaddingMode mode, ReadOnlySpan<int> input)
    {
        ConvGeometry? last = known;
        if (last is null || !last.Input.AsSpan().SequenceEqual(input))
            known = last = new ConvGeometry(window, mode, input.ToArray());
        return last;
    }

    private static (int[][] Phases, int[] PlaneOfTap, int[] OffsetOfTap) Taps(ConvWindow window, int[] extents)
    {
        var phases = new List<int[]>();
        int[] planeOfTap = new int[window.Taps], offsetOfTap = new int[window.Taps];
        for (int tap = 0; tap < window.Taps; tap++)
        {
            var phase = new int[extents.Length];
            int rest = tap, offset = 0, step = 1;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                int position = rest % window.Kernel[axis] * ConvWindow.At(window.Dilation, axis);
                rest /= window.Kernel[axis];
                int stride = ConvWindow.At(window.Stride, axis);
                phase[axis] = position % stride;
                offset += position / stride * step;
                step *= extents[axis];
            }

            int plane = phases.FindIndex(other => other.AsSpan().SequenceEqual(phase));
            if (plane < 0)
            {
                plane = phases.Count;
                phases.Add(phase);
            }

            (planeOfTap[tap], offsetOfTap[tap]) = (plane, offset);
        }

        return ([.. phases], planeOfTap, offsetOfTap);
    }

    private int SourceOf(int[] phase, int place, int[] extents)
    {
        int source = 0, step = 1;
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            int index = place % extents[axis] * ConvWindow.At(Window.Stride, axis) + phase[axis] - ConvWindow.At(Window.Padding, axis);
            place /= extents[axis];
            index = Inside(index, Input[axis], ConvWindow.At(Window.Padding, axis));
            if (index < 0)
                return -1;
            source += index * step;
            step *= Input[axis];
        }

        return source;
    }

    /// <summary>The place of the image that stands for an index which may lie outside; −1 for none.</summary>
    private int Inside(int index, int length, int padding)
    {
        if ((uint)index < (uint)length)
            return index;
        // beyond the padding no output looks
        if (index >= length + padding || Mode is PaddingMode.PadInput or PaddingMode.PadBasis)
            return -1;
        return Mode == PaddingMode.Replicate ? Math.Clamp(index, 0, length - 1) : index < 0 ? -index : 2 * (length - 1) - index;
    }

    private static (int Element, int Place, int Length)[] RunsOf(int[] source, int planeSize)
    {
        const int Worthwhile = 4;
        var runs = new List<(int Element, int Place, int Length)>();
        for (int element = 0; element < source.Length; element++)
        {
            if (source[element] < 0)
                continue;
            bool goesOn = runs.Count > 0 && element % planeSize != 0 && source[element - 1] >= 0 && source[element] == source[element - 1] + 1;
            if (goesOn)
                runs[^1] = runs[^1] with { Length = runs[^1].Length + 1 };
            else
                runs.Add((element, source[element], 1));
        }

        return runs.Count > 0 && runs.Average(run => run.Length) >= Worthwhile ? [.. runs] : [];
    }

    private static int Product(int[] extents) => extents.Aggregate(1, (product, extent) => checked(product * extent));
}
