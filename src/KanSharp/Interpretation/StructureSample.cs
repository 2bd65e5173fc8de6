using KanSharp.Numerics;

namespace KanSharp.Interpretation;

/// <summary>A function at rows: values, first and second derivatives, the latter per standard deviation of the variables.</summary>
internal sealed class StructureSample
{
    private readonly SmoothFunction _function;

    public StructureSample(SmoothFunction function, double[] rows, double[] scales)
    {
        _function = function;
        Inputs = function.Inputs;
        Count = rows.Length / Inputs;
        Rows = rows;
        Scales = scales;
        Values = new double[Count];
        function.Value(rows, Values);
        Spread = Robust.Spread(Values);
        Gradient = new double[Count * Inputs];
        function.Gradient(rows, Gradient);
        Hessian = new double[Count * Inputs * Inputs];
        function.Hessian(rows, Hessian);
        for (int row = 0; row < Count; row++)
        {
            for (int first = 0; first < Inputs; first++)
            {
                Gradient[row * Inputs + first] *= scales[first];
                for (int second = 0; second < Inputs; second++)
                    Hessian[(row * Inputs + first) * Inputs + second] *= scales[first] * scales[second];
            }
        }
    }

    public SmoothFunction Function => _function;

    public int Inputs { get; }

    public int Count { get; }

    public double[] Rows { get; }

    /// <summary>Standard deviations of the variables, [d].</summary>
    public double[] Scales { get; }

    public double[] Values { get; }

    /// <summary>Spread of the values, see <see cref="Robust.Spread"/>.</summary>
    public double Spread { get; }

    public double[] Gradient { get; }

    public double[] Hessian { get; }

    /// <summary>Takes rows, evenly spaced where there are more than the options want.</summary>
    public static StructureSample Create(SmoothFunction function, ReadOnlySpan<double> rows, StructureOptions options)
    {
        ArgumentNullException.ThrowIfNull(function);
        double[] taken = Take(function.Inputs, rows, options.MaxRows);
        double[] scales = [.. Enumerable.Range(0, function.Inputs).Select(input => Deviation(taken, function.Inputs, input))];
        return new StructureSample(function, taken, scales);
    }

    public double Slope(int row, int variable) => Gradient[row * Inputs + variable];

    public double Curvature(int row, int first, int second) => Hessian[(row * Inputs + first) * Inputs + second];

    /// <summary>log|f + bias| at the same rows.</summary>
    public StructureSample Log(double bias) => new(_function.Log(bias), Rows, Scales);

    /// <summary>Refuses rows that are not whole, too few or not finite.</summary>
    public static void CheckRows(int inputs, ReadOnlySpan<double> rows)
    {
        if (rows.Length % inputs != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {inputs} variables.", nameof(rows));
        if (rows.Length < 2 * inputs)
            throw new ArgumentException($"There are {rows.Length / inputs} rows; structure is read off two at least, better some hundred.", nameof(rows));
        for (int index = 0; index < rows.Length; index++)
        {
            if (!double.IsFinite(rows[index]))
                throw new ArgumentException($"Row {index / inputs}, variable {index % inputs} is {rows[index]}; points are finite.", nameof(rows));
        }
    }

    /// <summary>Standard deviation of a variable; 1 for one that never changes, so that its derivatives still count.</summary>
    public static double Deviation(ReadOnlySpan<double> rows, int inputs, int variable)
    {
        var column = new double[rows.Length / inputs];
        for (int row = 0; row < column.Length; row++)
            column[row] = rows[row * inputs + variable];
        double deviation = Math.Sqrt(Statistics.Variance<double>(column));
        return deviation > 0 ? deviation : 1;
    }

    private static double[] Take(int inputs, ReadOnlySpan<double> rows, int most)
    {
        CheckRows(inputs, rows);
        int count = rows.Length / inputs;
        if (count <= most)
            return rows.ToArray();
        var taken = new double[most * inputs];
        for (int row = 0; row < most; row++)
            rows.Slice((int)((long)row * count / most) * inputs, inputs).CopyTo(taken.AsSpan(row * inputs));
        return taken;
    }
}
