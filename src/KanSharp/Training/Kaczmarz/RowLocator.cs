using System.Numerics;
using KanSharp.Layers;
using KanSharp.Numerics;

namespace KanSharp.Training.Kaczmarz;

/// <summary>
/// Finds the splines that are not zero at the inputs of a record: once per input, whatever the number of outputs, because all edges that leave an input share its knots.
/// Every input has an affine map u = scale·x + shift to fixed coordinates, so that a range is extended by changing two numbers.
/// </summary>
/// <typeparam name="T">Scalar.</typeparam>
internal abstract unsafe class RowLocator<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How far beyond an input that lay outside the range is extended, as a part of the range.</summary>
    public const double Margin = 0.01;

    private readonly AlignedBuffer<T> _memory = new();
    private readonly bool[] _extended;

    /// <param name="layer">The layer.</param>
    /// <param name="stride">Inputs rounded up to whole registers.</param>
    /// <param name="rows">Weight rows of an input.</param>
    protected RowLocator(KanLinear<T> layer, int stride, int rows)
    {
        Layer = layer;
        Inputs = layer.Inputs;
        Stride = stride;
        Rows = rows;
        T* memory = _memory.Take(6 * stride);
        Scale = memory;
        Shift = memory + stride;
        Valid = memory + 2 * stride;
        Lowest = memory + 3 * stride;
        Highest = memory + 4 * stride;
        Starts = memory + 5 * stride;
        for (int input = 0; input < stride; input++)
            Starts[input] = LaneIndex.Of<T>(Math.Min(input, Inputs - 1) * rows);
        new Span<T>(Valid, Inputs).Fill(T.One);
        _extended = new bool[Inputs];
    }

    /// <summary>Whether an input outside its range extends it at once; otherwise it is only noted.</summary>
    public bool Extends { get; set; }

    protected KanLinear<T> Layer { get; }

    protected int Inputs { get; }

    protected int Stride { get; }

    protected int Rows { get; }

    protected T* Scale { get; }

    protected T* Shift { get; }

    /// <summary>1 for an input, 0 for padding.</summary>
    protected T* Valid { get; }

    /// <summary>Weight row at which every input begins, as <see cref="LaneIndex"/> has it.</summary>
    protected T* Starts { get; }

    /// <summary>Lowest input noted outside the range; +∞ for none.</summary>
    protected T* Lowest { get; }

    /// <summary>Highest input noted outside the range; −∞ for none.</summary>
    protected T* Highest { get; }

    /// <summary>Fills values, slopes and first rows of the splines of one record.</summary>
    /// <param name="x">The inputs, padded with zeros.</param>
    /// <param name="point">Receives them.</param>
    public abstract void Locate(T* x, in RowPoint<T> point);

    /// <summary>Takes the knots of the layer.</summary>
    /// <param name="units">Size of the unit that inputs are measured in, one per input.</param>
    public virtual void Load(ReadOnlySpan<double> units)
    {
        Array.Clear(_extended);
        new Span<T>(Lowest, Inputs).Fill(T.PositiveInfinity);
        new Span<T>(Highest, Inputs).Fill(T.NegativeInfinity);
        for (int input = 0; input < Inputs; input++)
        {
            (double low, double high) = Grid(input);
            SetRange(input, low / units[input], high / units[input]);
        }
    }

    /// <summary>Writes the knots of extended ranges back, stretched.</summary>
    public void Store(ReadOnlySpan<double> units)
    {
        for (int input = 0; input < Inputs; input++)
        {
            if (!_extended[input])
                continue;
            (double low, double high) = Grid(input);
            (double newLow, double newHigh) = Range(input);
            double factor = (newHigh - newLow) * units[input] / (high - low);
            foreach (ref T knot in Layer.Knots.Value.Row(input))
                knot = T.CreateTruncating(newLow * units[input] + (double.CreateTruncating(knot) - low) * factor);
        }
    }

    /// <summary>Extends the ranges by what another locator of the same layer noted.</summary>
    public void Extend(RowLocator<T> other)
    {
        for (int input = 0; input < Inputs; input++)
        {
            ExtendTo(input, other.Lowest[input]);
            ExtendTo(input, other.Highest[input]);
        }
    }

    /// <summary>The ends of the range in the fixed coordinates.</summary>
    protected abstract (double Low, double High) Ends(int input);

    /// <summary>Handles the inputs from <paramref name="start"/> on that lie outside of their ranges.</summary>
    protected void Outside(T* x, int start, int count)
    {
        for (int input = start; input < Math.Min(start + count, Inputs); input++)
        {
            if (Extends)
            {
                ExtendTo(input, x[input]);
            }
            else if (T.IsFinite(x[input]))
            {
                Lowest[input] = T.Min(Lowest[input], x[input]);
                Highest[input] = T.Max(Highest[input], x[input]);
            }
        }
    }

    private (double Low, double High) Grid(int input)
    {
        ReadOnlySpan<T> knots = Layer.Knots.Value.Row(input);
        int degree = Layer.Options.Spline.Degree;
        return (double.CreateTruncating(knots[degree]), double.CreateTruncating(knots[^(degree + 1)]));
    }

    private (double Low, double High) Range(int input)
    {
        (double first, double last) = Ends(input);
        double scale = double.CreateTruncating(Scale[input]), shift = double.CreateTruncating(Shift[input]);
        return ((first - shift) / scale, (last - shift) / scale);
    }

    private void SetRange(int input, double low, double high)
    {
        (double first, double last) = Ends(input);
        double scale = (last - first) / (high - low);
        Scale[input] = T.CreateTruncating(scale);
        Shift[input] = T.CreateTruncating(first - low * scale);
    }

    private void ExtendTo(int input, T value)
    {
        if (!T.IsFinite(value))
            return;
        (double low, double high) = Range(input);
        double x = double.CreateTruncating(value);
        if (x >= low && x <= high)
            return;
        low = Math.Min(low, x);
        high = Math.Max(high, x);
        double margin = Margin * (high - low);
        SetRange(input, low - margin, high + margin);
        _extended[input] = true;
    }
}
