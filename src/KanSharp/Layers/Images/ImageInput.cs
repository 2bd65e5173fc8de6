using KanSharp.Autodiff;

namespace KanSharp.Layers.Images;

/// <summary>The check that layers of images make of their input.</summary>
internal static class ImageInput
{
    /// <summary>Most spatial axes of an image.</summary>
    public const int MostAxes = 3;

    /// <summary>Throws unless the input is a batch of images.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="axes">Spatial axes that the layer takes; 0 where it takes any number of them.</param>
    /// <returns>Number of spatial axes.</returns>
    public static int SpatialAxes(string layer, Shape shape, int axes)
    {
        int given = shape.Rank - 2;
        if (given is < 1 or > MostAxes || (axes > 0 && given != axes))
        {
            throw new ArgumentException(
                $"{layer}: the input has shape {shape}; the layer takes {Expected(axes)}. Unflatten turns rows into images.");
        }

        return given;
    }

    /// <summary>A list with an entry for every spatial axis, or one for all of them.</summary>
    /// <param name="values">The entries.</param>
    /// <param name="name">Name of the list.</param>
    /// <param name="least">Smallest entry that is allowed.</param>
    public static int[] PerAxis(ReadOnlySpan<int> values, string name, int least)
    {
        if (values.Length is < 1 or > MostAxes)
            throw new ArgumentException($"{values.Length} numbers were given; one for every spatial axis is needed (1 to {MostAxes}), or one for all of them.", name);
        foreach (int value in values)
            ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return values.ToArray();
    }

    /// <summary>The entry of a spatial axis.</summary>
    public static int At(int[] values, int axis) => values.Length == 1 ? values[0] : values[axis];

    private static string Expected(int axes) => axes switch
    {
        1 => "[N, C, L]",
        2 => "[N, C, H, W]",
        3 => "[N, C, D, H, W]",
        _ => "[N, C, L], [N, C, H, W] or [N, C, D, H, W]",
    };
}
