using System.Numerics;
using KanSharp.Data;
using KanSharp.Interchange.Lowering;
using KanSharp.Layers;
using KanSharp.Symbolics;
using KanSharp.Training;

namespace KanSharp.Interchange.Onnx;

/// <summary>
/// Writes models as ONNX files (opset 17), which ONNX Runtime and others run. The input <c>input</c> is [N, columns], any number of rows. Models for numbers have the
/// result <c>output</c> [N, results], classifiers <c>probabilities</c> [N, classes] and <c>label</c> [N], the index of the likeliest class. Names are in the metadata as
/// JSON arrays: <c>kan.features</c>, <c>kan.outputs</c> or <c>kan.classes</c>.
/// </summary>
public static class OnnxExport
{
    /// <summary>Writes a network, which takes and gives numbers as they are.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="network">A KanNetwork or an Mlp.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A module of another kind, a protected function, or more than 2 GiB.</exception>
    public static void Save<T>(string path, Module<T> network, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(path, ModelLowering.Of(network), options);

    /// <inheritdoc cref="Save{T}(string, Module{T}, OnnxOptions?)"/>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">A KanNetwork or an Mlp.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static void Save<T>(Stream stream, Module<T> network, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(stream, ModelLowering.Of(network), options);

    /// <summary>
    /// Writes a model for tables: encoded features in original units, in the order of <see cref="TableEncoding.FeatureNames"/>, to targets in original units or
    /// probabilities. Scaling is in the file; the encoding of texts and missing values is not.
    /// </summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="NotSupportedException">Its network can not be exported, or more than 2 GiB.</exception>
    public static void Save<T>(string path, TabularModel<T> model, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(path, ModelLowering.Of(model), options);

    /// <inheritdoc cref="Save{T}(string, TabularModel{T}, OnnxOptions?)"/>
    /// <param name="stream">Receives the file.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static void Save<T>(Stream stream, TabularModel<T> model, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(stream, ModelLowering.Of(model), options);

    /// <summary>
    /// Writes an image model: the input is [N, C, H, W] with pixels as numbers from 0 to 255, as they are stored; the normalisation is in the file. The layers of the presets
    /// can be exported, in two dimensions.
    /// </summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="NotSupportedException">A layer has no form in ONNX, or more than 2 GiB.</exception>
    public static void Save<T>(string path, ImageModel<T> model, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(path, OnnxWriter.Model(model, options ?? new OnnxOptions()));

    /// <inheritdoc cref="Save{T}(string, ImageModel{T}, OnnxOptions?)"/>
    /// <param name="stream">Receives the file.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static void Save<T>(Stream stream, ImageModel<T> model, OnnxOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Save(stream, OnnxWriter.Model(model, options ?? new OnnxOptions()));

    /// <summary>Writes formulas.</summary>
    /// <param name="path">The file; replaced as a whole or not at all.</param>
    /// <param name="variables">Names of the columns of a row, in their order; there may be more than the formulas use.</param>
    /// <param name="formulas">Formulas by name of the result.</param>
    /// <param name="options">How; the defaults if null.</param>
    /// <exception cref="ArgumentException">No formulas, or one with a variable that is no column.</exception>
    public static void Save(string path, IReadOnlyList<string> variables, IReadOnlyList<(string Name, Expression Formula)> formulas, OnnxOptions? options = null) =>
        Save(path, Lowered(variables, formulas), options);

    /// <inheritdoc cref="Save(string, IReadOnlyList{string}, IReadOnlyList{ValueTuple{string, Expression}}, OnnxOptions?)"/>
    /// <param name="stream">Receives the file.</param>
    /// <param name="variables">Names of the columns of a row, in their order.</param>
    /// <param name="formulas">Formulas by name of the result.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static void Save(Stream stream, IReadOnlyList<string> variables, IReadOnlyList<(string Name, Expression Formula)> formulas, OnnxOptions? options = null) =>
        Save(stream, Lowered(variables, formulas), options);

    private static LoweredModel Lowered(IReadOnlyList<string> variables, IReadOnlyList<(string Name, Expression Formula)> formulas)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(formulas);
        if (variables.Count == 0 || formulas.Count == 0)
            throw new ArgumentException($"There are {variables.Count} variables and {formulas.Count} formulas; at least one of each is needed.");
        return ModelLowering.Of(variables, formulas);
    }

    private static void Save(string path, LoweredModel model, OnnxOptions? options) => Save(path, OnnxWriter.Model(model, options ?? new OnnxOptions()));

    private static void Save(Stream stream, LoweredModel model, OnnxOptions? options) => Save(stream, OnnxWriter.Model(model, options ?? new OnnxOptions()));

    private static void Save(string path, Messages.ModelProto file)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream => OnnxWriter.Write(file, stream));
    }

    private static void Save(Stream stream, Messages.ModelProto file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxWriter.Write(file, stream);
    }
}
