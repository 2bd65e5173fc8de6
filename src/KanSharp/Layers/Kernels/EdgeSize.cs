namespace KanSharp.Layers.Kernels;

/// <summary>What the size of an edge over samples is.</summary>
internal enum EdgeSize
{
    /// <summary>Mean of |φ|.</summary>
    MeanMagnitude,

    /// <summary>Standard deviation of φ, with N − 1.</summary>
    Deviation,

    /// <summary>Standard deviation of φ over that of its input plus 0.1, as pykan has it.</summary>
    RelativeDeviation,
}
