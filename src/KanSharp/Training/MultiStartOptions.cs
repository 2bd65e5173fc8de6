namespace KanSharp.Training;

/// <summary>How many networks are tried before one is trained to the end.</summary>
public sealed record MultiStartOptions
{
    /// <summary>Networks to start with, at least 1 (default 8).</summary>
    public int Starts
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Starts), value, "Starts is at least 1.");
    } = 8;

    /// <summary>Epochs for each of them, at least 1 (default 25, which suits Levenberg-Marquardt).</summary>
    public int Epochs
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Epochs), value, "Epochs is at least 1.");
    } = 25;

    /// <summary>
    /// How many of them are also trained on the second grid of a <see cref="GridSchedule"/> before the choice is made, at least 1 (default 3): a coarse grid
    /// can not tell every good start from a bad one. Without a second grid the choice is made at once.
    /// </summary>
    public int Survivors
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Survivors), value, "Survivors is at least 1.");
    } = 3;

    /// <summary>Seed of the first network; the others take the numbers that follow (default 0).</summary>
    public ulong Seed { get; init; }
}
