namespace KanSharp.Interchange.Onnx;

/// <summary>The numbers of an ONNX file.</summary>
public enum OnnxPrecision
{
    /// <summary>That of the model: single for models of <see cref="float"/>, double for those of <see cref="double"/> and for formulas.</summary>
    Model,

    /// <summary>32 bits, what runtimes are fastest with.</summary>
    Single,

    /// <summary>64 bits.</summary>
    Double,
}
