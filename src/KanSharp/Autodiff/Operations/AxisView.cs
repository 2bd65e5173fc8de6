namespace KanSharp.Autodiff.Operations;

/// <summary>A tensor seen as [outer, extent, inner] around one axis.</summary>
/// <param name="Outer">Product of the extents before the axis.</param>
/// <param name="Extent">Extent of the axis.</param>
/// <param name="Inner">Product of the extents after the axis.</param>
internal readonly record struct AxisView(int Outer, int Extent, int Inner)
{
    /// <summary>Everything as one axis.</summary>
    public static AxisView All(Shape shape) => new(1, shape.Count, 1);

    /// <summary>The view around an axis; negative indices count from the end.</summary>
    public static AxisView Of(Shape shape, int axis)
    {
        int index = shape.Normalize(axis);
        int outer = 1;
        for (int before = 0; before < index; before++)
            outer *= shape[before];
        int inner = 1;
        for (int after = index + 1; after < shape.Rank; after++)
            inner *= shape[after];
        return new AxisView(outer, shape[index], inner);
    }

    /// <summary>The shape with an axis' extent replaced, or the axis taken away if <paramref name="extent"/> is negative.</summary>
    public static Shape Replace(Shape shape, int axis, int extent)
    {
        int index = shape.Normalize(axis);
        Span<int> extents = stackalloc int[Shape.MaxRank];
        shape.CopyTo(extents);
        if (extent >= 0)
        {
            extents[index] = extent;
            return new Shape(extents[..shape.Rank]);
        }

        for (int after = index + 1; after < shape.Rank; after++)
            extents[after - 1] = extents[after];
        return new Shape(extents[..(shape.Rank - 1)]);
    }
}
