using KanSharp.Layers;

namespace KanSharp.Training;

/// <summary>When the grids of KAN layers follow the data during training: before the epochs 0, Every, 2·Every, … below Until.</summary>
public sealed record GridUpdateSchedule
{
    /// <summary>Epochs between two updates, at least 1 (default 5).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Every
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Every), value, "Every is at least 1 epoch.");
    } = 5;

    /// <summary>Epoch from which the grids stay (default 50).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Until
    {
        get;
        init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Until), value, "Until is at least 0.");
    } = 50;

    /// <summary>Training samples that the update looks at, the first of the epoch's order, at least 1 (default 4096).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int Samples
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Samples), value, "Samples is at least 1.");
    } = 4096;

    /// <summary>How the grids move (default as <see cref="GridUpdateOptions"/> says).</summary>
    public GridUpdateOptions Grid { get; init; } = new();

    /// <summary>Whether the grids move before this epoch.</summary>
    internal bool Applies(int epoch) => epoch < Until && epoch % Every == 0;
}
