namespace KanSharp.Networks.Images;

/// <summary>What an image network reads and tells apart.</summary>
/// <param name="Channels">Channels of an image: 1 for grey, 3 for colour.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Classes">Classes.</param>
public sealed record ImageShape(int Channels, int Height, int Width, int Classes)
{
    /// <summary>MNIST and what is shaped like it: 28×28 grey, ten classes.</summary>
    public static ImageShape Mnist { get; } = new(1, 28, 28, 10);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">A number below 1, or fewer than two classes.</exception>
    public void Validate()
    {
        if (Channels < 1 || Height < 1 || Width < 1 || Classes < 2)
            throw new ArgumentException($"Images of {Channels} channels, {Height}×{Width}, in {Classes} classes: channels and extents are at least 1, classes at least 2.");
    }
}
