namespace KanSharp.Layers;

/// <summary>How a layer brings its inputs to the range of its functions, before anything else.</summary>
public enum InputNormalization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Each row to mean 0 and variance 1 over its features, with a trained scale and shift (FastKAN). An edge is then a function of the normalised input.</summary>
    LayerNorm,

    /// <summary>Each feature to mean 0 and variance 1 over the batch, with a trained scale and shift; running statistics outside training.</summary>
    BatchNorm,

    /// <summary>Each feature from its own range to [−1, 1]. The range is state, set from data by <see cref="InputRanges"/>; never from the batch.</summary>
    MinMax,
}
