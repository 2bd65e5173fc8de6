namespace KanSharp.Interchange.Source;

/// <summary>
/// The tables of a layer. Inputs are positions, 0 at the low end of a range and <see cref="Top"/> at its high end; an edge has a value of 16 bits at the ends of every cell,
/// about its middle, and the values of an output are in steps of its own; the sum of the edges, less the low end of its range, is the position for the next layer.
/// </summary>
internal sealed class FixedPointTables
{
    /// <summary>Bits of a position inside its cell.</summary>
    public const int PositionBits = 15;

    private const int Fine = 8;
    private const double Largest = 32767;
    private readonly FixedPointLayer _layer;
    private readonly int _cells;
    private readonly double[,][] _samples;

    /// <summary>Samples the edges of a layer and lays out its tables.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="tableBits">Cells as a power of 2.</param>
    /// <param name="ranges">Of each input the place of position 0, the length of a position, and how wrong a position may be, in the input's units.</param>
    /// <param name="isLast">Whether the sums are results and not positions.</param>
    public FixedPointTables(FixedPointLayer layer, int tableBits, IReadOnlyList<FixedPointRange> ranges, bool isLast)
    {
        _layer = layer;
        _cells = 1 << tableBits;
        _samples = new double[layer.Inputs, layer.Outputs][];
        Sample(ranges);
        var low = new double[layer.Outputs];
        var high = new double[layer.Outputs];
        double widest = 0;
        for (int output = 0; output < layer.Outputs; output++)
        {
            low[output] = high[output] = layer.Bias[output];
            for (int input = 0; input < layer.Inputs; input++)
            {
                low[output] += _samples[input, output].Min();
                high[output] += _samples[input, output].Max();
            }

            if (!double.IsFinite(low[output]) || !double.IsFinite(high[output]))
                throw new NotSupportedException($"Sum {output} of a layer is not finite somewhere in the ranges of the inputs; give narrower ranges.");
            high[output] = Math.Max(high[output], low[output] + (1e-9 * Math.Max(1, Math.Abs(low[output]))));
        }

        double[] position = [.. low.Select((start, output) => (high[output] - start) / Top)];
        for (int input = 0; input < layer.Inputs; input++)
        {
            for (int output = 0; output < layer.Outputs; output++)
                widest = Math.Max(widest, (_samples[input, output].Max() - _samples[input, output].Min()) / (isLast ? 1 : position[output]));
        }

        // powers of 2, so that one shift brings sums of steps to positions
        Shift = widest == 0 ? (isLast ? -30 : 0) : (int)Math.Ceiling(Math.Log2(widest / (2 * Largest)));
        if (isLast)
            Shift = Math.Max(Shift, (int)Math.Ceiling(Math.Log2(Enumerable.Range(0, layer.Outputs).Max(output => Math.Max(Math.Abs(low[output]), Math.Abs(high[output]))) + 1e-300) - 29));
        Step = [.. position.Select(length => Math.ScaleB(isLast ? 1 : length, Shift))];
        double[] error = new double[layer.Outputs];
        Offsets = new int[layer.Outputs];
        double[] middle = [.. layer.Bias];
        for (int input = 0; input < layer.Inputs; input++)
            Quantize(input, ranges[input], middle, error);
        for (int output = 0; output < layer.Outputs; output++)
        {
            Offsets[output] = (int)Math.Round((middle[output] - (isLast ? 0 : low[output])) / Step[output]);
            error[output] += 2 * Math.Max(Step[output], isLast ? 0 : position[output]);
        }

        Ranges = [.. low.Select((start, output) => new FixedPointRange(start, position[output], error[output]))];
    }

    /// <summary>The highest position.</summary>
    public int Top => _cells << PositionBits;

    /// <summary>Edges with a table, by input and then by output.</summary>
    public List<(int Input, int Output)> Edges { get; } = [];

    /// <summary>The tables one after the other.</summary>
    public List<short> Values { get; } = [];

    /// <summary>What a sum starts with, in steps.</summary>
    public int[] Offsets { get; }

    /// <summary>Steps are 2^Shift positions or, in the last layer, units of results.</summary>
    public int Shift { get; }

    /// <summary>Of the outputs, how the next layer sees them.</summary>
    public IReadOnlyList<FixedPointRange> Ranges { get; }

    /// <summary>Length of a step of each output in its units.</summary>
    public double[] Step { get; }

    private void Sample(IReadOnlyList<FixedPointRange> ranges)
    {
        int count = (_cells * Fine) + 1;
        var sums = new double[_layer.Outputs];
        for (int input = 0; input < _layer.Inputs; input++)
        {
            for (int output = 0; output < _layer.Outputs; output++)
                _samples[input, output] = new double[count];
            for (int at = 0; at < count; at++)
            {
                Array.Clear(sums);
                _layer.Add(input, ranges[input].Low + (ranges[input].Position * at * ((1 << PositionBits) / Fine)), sums);
                for (int output = 0; output < sums.Length; output++)
                    _samples[input, output][at] = sums[output];
            }
        }
    }

    /// <summary>The tables of the edges of an input, and what they add to the errors of the outputs.</summary>
    private void Quantize(int input, FixedPointRange range, double[] middle, double[] error)
    {
        double fine = range.Position * ((1 << PositionBits) / Fine);
        for (int output = 0; output < _layer.Outputs; output++)
        {
            double[] samples = _samples[input, output];
            double low = samples.Min(), high = samples.Max(), centre = (low + high) / 2, step = Step[output], worst = 0, slope = 0, bend = 0;
            middle[output] += centre;
            if (high - low < step / 1024)
            {
                error[output] += high - low;
                continue;
            }

            int first = Values.Count;
            Edges.Add((input, output));
            for (int cell = 0; cell <= _cells; cell++)
                Values.Add((short)Math.Clamp(Math.Round((samples[cell * Fine] - centre) / step), -Largest, Largest));
            for (int at = 0; at < samples.Length; at++)
            {
                int cell = Math.Min(at / Fine, _cells - 1), a = Values[first + cell], b = Values[first + cell + 1], rest = (at - (cell * Fine)) * ((1 << PositionBits) / Fine);
                int value = a + ((((b - a) * rest) + (1 << (PositionBits - 1))) >> PositionBits);
                worst = Math.Max(worst, Math.Abs((value * step) + centre - samples[at]));
                slope = at == 0 ? 0 : Math.Max(slope, Math.Abs(samples[at] - samples[at - 1]) / fine);
                bend = at < 2 ? bend : Math.Max(bend, Math.Abs(samples[at] - (2 * samples[at - 1]) + samples[at - 2]));
            }

            // what may lie between two samples: next to nothing for a smooth function, the height of a jump
            error[output] += worst + step + (slope * range.Error) + (2 * bend);
        }
    }
}

/// <summary>How a column is seen as a position.</summary>
/// <param name="Low">Its value at position 0.</param>
/// <param name="Position">Length of one position.</param>
/// <param name="Error">How wrong its value may be.</param>
internal readonly record struct FixedPointRange(double Low, double Position, double Error);
