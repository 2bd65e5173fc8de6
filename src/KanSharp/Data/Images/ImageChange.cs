namespace KanSharp.Data.Images;

/// <summary>
/// What is done to one image: exchange of left and right, enlargement and rotation about the centre, movement, and a covered rectangle at the end.
/// </summary>
/// <param name="Dx">Pixels to the right.</param>
/// <param name="Dy">Pixels down.</param>
/// <param name="Rotation">Angle, from the x axis towards the y axis (clockwise as seen), in radians.</param>
/// <param name="Scale">Factor of the size, positive.</param>
/// <param name="Flip">Whether left and right are exchanged first.</param>
internal readonly record struct ImageChange(int Dx, int Dy, double Rotation, double Scale, bool Flip)
{
    /// <summary>Left end of the covered rectangle.</summary>
    public int Left { get; init; }

    /// <summary>Top of the covered rectangle.</summary>
    public int Top { get; init; }

    /// <summary>Width of the covered rectangle; 0 for none.</summary>
    public int Wide { get; init; }

    /// <summary>Height of the covered rectangle.</summary>
    public int High { get; init; }

    /// <summary>Whether every pixel of the result is a pixel of the image or outside it.</summary>
    public bool IsWhole => Rotation == 0 && Scale == 1;
}
