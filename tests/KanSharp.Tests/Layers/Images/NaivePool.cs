namespace KanSharp.Tests.Layers.Images;

/// <summary>Pooling of one to three axes by its definition: every window with its padding written out.</summary>
internal static class NaivePool
{
    /// <param name="x">[planes, D, H, W].</param>
    /// <param name="extents">Spatial extents.</param>
    /// <param name="outputs">Windows along each axis.</param>
    /// <param name="bounds">First element of a window along an axis and the one after the last, outside the image too.</param>
    /// <param name="maximum">Whether the largest element is taken, else the mean.</param>
    /// <param name="countPadding">Whether the padding counts in the mean.</param>
    public static double[] Run(
        double[] x, int[] extents, int[] outputs, Func<int, int, (int Start, int End)> bounds, bool maximum, bool countPadding = true)
    {
        int plane = extents.Aggregate(1, (product, extent) => product * extent);
        int windows = outputs.Aggregate(1, (product, extent) => product * extent);
        var y = new double[x.Length / plane * windows];
        for (int index = 0; index < y.Length; index++)
        {
            int[] window = Place(index % windows, outputs);
            (int Start, int End)[] box = [.. window.Select((position, axis) => bounds(axis, position))];
            int[] lengths = [.. box.Select(side => side.End - side.Start)];
            int size = lengths.Aggregate(1, (product, length) => product * length);
            List<double> inside = [];
            for (int element = 0; element < size; element++)
            {
                int[] place = [.. Place(element, lengths).Select((offset, axis) => box[axis].Start + offset)];
                if (place.Select((position, axis) => position >= 0 && position < extents[axis]).All(within => within))
                    inside.Add(x[index / windows * plane + place.Select((position, axis) => (position, axis)).Aggregate(0, (sum, next) => sum * extents[next.axis] + next.position)]);
            }

            double largest = inside.Any(double.IsNaN) ? double.NaN : inside.Max();
            y[index] = maximum ? largest : inside.Sum() / (countPadding ? size : inside.Count);
        }

        return y;
    }

    private static int[] Place(int index, int[] extents)
    {
        var place = new int[extents.Length];
        for (int axis = extents.Length - 1; axis >= 0; axis--)
        {
            place[axis] = index % extents[axis];
            index /= extents[axis];
        }

        return place;
    }
}
