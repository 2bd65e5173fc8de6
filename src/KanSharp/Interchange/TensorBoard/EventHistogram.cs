using System.Numerics;
using KanSharp.Interchange.TensorBoard.Messages;

namespace KanSharp.Interchange.TensorBoard;

/// <summary>Counts values in buckets of equal width.</summary>
internal static class EventHistogram
{
    /// <summary>As many as TensorBoard shows.</summary>
    public const int Buckets = 30;

    public static HistogramProto Of<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var histogram = new HistogramProto();
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (T value in values)
        {
            double number = double.CreateTruncating(value);
            if (!double.IsFinite(number))
                continue;
            (least, most) = (Math.Min(least, number), Math.Max(most, number));
            histogram.Num++;
            histogram.Sum += number;
            histogram.SumSquares += number * number;
        }

        if (histogram.Num == 0)
        {
            histogram.BucketLimit.Add(0);
            histogram.Bucket.Add(0);
            return histogram;
        }

        (histogram.Min, histogram.Max) = (least, most);
        int count = most > least ? Buckets : 1;
        var limits = new double[count];
        for (int bucket = 0; bucket < count - 1; bucket++)
            limits[bucket] = (least * ((count - 1.0 - bucket) / count)) + (most * ((bucket + 1.0) / count));
        limits[^1] = most;
        var counts = new double[count];
        foreach (T value in values)
        {
            double number = double.CreateTruncating(value);
            if (double.IsFinite(number))
                counts[Bucket(number, limits)]++;
        }

        histogram.BucketLimit.Add(limits);
        histogram.Bucket.Add(counts);
        return histogram;
    }

    /// <summary>The bucket whose limit is the first above the number; the last one also holds its limit.</summary>
    private static int Bucket(double number, double[] limits)
    {
        int place = Array.BinarySearch(limits, number);
        return Math.Min(place >= 0 ? place + 1 : ~place, limits.Length - 1);
    }
}
