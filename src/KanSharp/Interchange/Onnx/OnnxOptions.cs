namespace KanSharp.Interchange.Onnx;

/// <summary>How a model is written as an ONNX file.</summary>
public sealed record OnnxOptions
{
    /// <summary>Its numbers, inputs and outputs included. Default that of the model.</summary>
    public OnnxPrecision Precision { get; init; }
}
