namespace KanSharp.Layers;

/// <summary>Where a grid that follows its data should end.</summary>
internal static class GridEnds
{
    /// <summary>An end stays while its room past the data is within these multiples of the room that is wanted: small moves are not worth a change.</summary>
    private const double LeastRoom = 0.2, MostRoom = 3;

    /// <summary>The ends for data between two values. An end of the old grid that leaves about the right room is kept as it is.</summary>
    /// <param name="oldLow">Lower end of the old grid.</param>
    /// <param name="oldHigh">Upper end of the old grid.</param>
    /// <param name="dataLow">Least value of the data.</param>
    /// <param name="dataHigh">Greatest value of the data, above the least.</param>
    /// <param name="headRoom">Room on each side in units of the data's range.</param>
    public static (double Low, double High) Of(double oldLow, double oldHigh, double dataLow, double dataHigh, double headRoom)
    {
        double room = headRoom * (dataHigh - dataLow);
        return (Keeps(dataLow - oldLow, room) ? oldLow : dataLow - room, Keeps(oldHigh - dataHigh, room) ? oldHigh : dataHigh + room);
    }

    /// <summary>
    /// Moves an end that cuts a cell of the old grid to a knot nearby, or away from it, so that no sliver of a cell arises: further out, by less than
    /// a third of the width that new cells will have.
    /// </summary>
    /// <param name="end">The end.</param>
    /// <param name="grid">The old grid points.</param>
    /// <param name="width">Mean width of the new cells.</param>
    /// <param name="outward">−1 for the lower end, 1 for the upper one.</param>
    public static double AvoidSlivers(double end, ReadOnlySpan<double> grid, double width, int outward)
    {
        double least = width / 3;
        foreach (double knot in grid)
        {
            double distance = (knot - end) * outward;
            if (distance >= 0 && distance < least)
                return knot;
        }

        foreach (double knot in grid)
        {
            double distance = (end - knot) * outward;
            if (distance > 0 && distance < least)
                return knot + outward * least;
        }

        return end;
    }

    private static bool Keeps(double room, double wanted) => room >= LeastRoom * wanted && room <= MostRoom * wanted;
}
