namespace KanSharp.Layers.Images;

/// <summary>What a convolution sees outside the image.</summary>
public enum PaddingMode
{
    /// <summary>The input is 0 there, so that an edge function contributes φ(0), which is not 0 in general (Convolutional-KANs; ordinary convolutions). The default.</summary>
    PadInput = 0,

    /// <summary>The functions are 0 there: a padded place contributes nothing (torch-conv-kan).</summary>
    PadBasis = 1,

    /// <summary>The image mirrored at its edge, which is not repeated; the padding must be smaller than the image.</summary>
    Reflect = 2,

    /// <summary>The nearest place of the image.</summary>
    Replicate = 3,
}
