using System.Numerics;
using KanSharp.Data;
using KanSharp.Training.Kaczmarz;

namespace KanSharp.Training;

/// <summary>Ranges of inputs and targets, for networks that are made for the data.</summary>
public sealed record RecordStatistics
{
    /// <summary>Lowest value of every input.</summary>
    public required IReadOnlyList<double> InputLow { get; init; }

    /// <summary>Highest value of every input.</summary>
    public required IReadOnlyList<double> InputHigh { get; init; }

    /// <summary>Lowest value of every target.</summary>
    public required IReadOnlyList<double> TargetLow { get; init; }

    /// <summary>Highest value of every target.</summary>
    public required IReadOnlyList<double> TargetHigh { get; init; }

    /// <summary>Mean of every target.</summary>
    public required IReadOnlyList<double> TargetMean { get; init; }

    /// <summary>Standard deviation of every target (division by N); its largest magnitude where that is 0.</summary>
    public required IReadOnlyList<double> TargetDeviation { get; init; }

    /// <summary>The statistics of samples with target values.</summary>
    /// <exception cref="ArgumentException">The samples have class indices, or a value is not finite.</exception>
    public static RecordStatistics Of<T>(TrainingData<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Targets is null)
            throw new ArgumentException("The samples have class indices; target values are needed.", nameof(data));
        return Of<T>(data.Inputs.Span, data.Inputs.Shape.Count / data.Count, data.Targets.Span, data.Targets.Shape.Count / data.Count);
    }

    /// <summary>The statistics of the first records of a stream.</summary>
    /// <param name="records">The stream.</param>
    /// <param name="count">How many records to look at, at least 1 (default 65,536).</param>
    /// <exception cref="ArgumentException">There is no record, or a value is not finite.</exception>
    public static RecordStatistics Of<T>(IRecordSource<T> records, int count = 1 << 16)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (records.Count is { } known)
            count = (int)Math.Min(count, known);
        T[] inputs = new T[checked(count * records.Inputs)], targets = new T[checked(count * records.Targets)];
        using IRecordReader<T> reader = records.Open();
        int filled = 0;
        while (filled < count)
        {
            int read = reader.Read(inputs.AsSpan(filled * records.Inputs), targets.AsSpan(filled * records.Targets));
            if (read == 0)
                break;
            filled += read;
        }

        return Of<T>(inputs.AsSpan(0, filled * records.Inputs), records.Inputs, targets.AsSpan(0, filled * records.Targets), records.Targets);
    }

    /// <summary>The statistics of records.</summary>
    /// <param name="inputs">Row-major [N, inputs].</param>
    /// <param name="inputCount">Inputs of a record.</param>
    /// <param name="targets">Row-major [N, targets].</param>
    /// <param name="targetCount">Targets of a record.</param>
    /// <exception cref="ArgumentException">There is no record, or a value is not finite.</exception>
    public static RecordStatistics Of<T>(ReadOnlySpan<T> inputs, int inputCount, ReadOnlySpan<T> targets, int targetCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (inputs.IsEmpty || targets.IsEmpty)
            throw new ArgumentException("There is no record to take statistics of.", nameof(inputs));
        (double[] inputLow, double[] inputHigh, _) = Ranges(inputs, inputCount, "input");
        (double[] targetLow, double[] targetHigh, double[] mean) = Ranges(targets, targetCount, "target");
        var deviation = new double[targetCount];
        RowUnits.OfTargets(targets, deviation);
        return new RecordStatistics
        {
            InputLow = inputLow,
            InputHigh = inputHigh,
            TargetLow = targetLow,
            TargetHigh = targetHigh,
            TargetMean = mean,
            TargetDeviation = deviation,
        };
    }

    private static (double[] Low, double[] High, double[] Mean) Ranges<T>(ReadOnlySpan<T> values, int columns, string what)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] low = new double[columns], high = new double[columns], mean = new double[columns];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int n = 0; n < values.Length; n++)
        {
            int column = n % columns;
            double value = double.CreateTruncating(values[n]);
            if (!double.IsFinite(value))
                throw new ArgumentException($"Sample {n / columns}, {what} {column} is {value}; every value must be finite.", nameof(values));
            low[column] = Math.Min(low[column], value);
            high[column] = Math.Max(high[column], value);
            mean[column] += value / (values.Length / columns);
        }

        return (low, high, mean);
    }
}
