using System.Numerics;
using KanSharp.Data;
using KanSharp.Interchange;
using KanSharp.Interchange.Onnx;
using KanSharp.Training;

namespace KanSharp.Cli.Exports;

/// <summary>Writes ONNX files.</summary>
internal static class OnnxTarget
{
    public static void Write(ExportRequest request)
    {
        var options = new OnnxOptions { Precision = request.Numbers == "f32" ? OnnxPrecision.Single : OnnxPrecision.Double };
        if (request.IsImageModel)
            OnnxExport.Save(request.File, ImageModelFile.Load<double>(request.Model), options);
        else if (request.Path.Info.IsSingle)
            Write<float>(request, options);
        else
            Write<double>(request, options);
    }

    private static void Write<T>(ExportRequest request, OnnxOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!request.Path.Info.IsTabular)
        {
            OnnxExport.Save(request.File, ModelFile.LoadNetwork<T>(request.Path.Path), options);
            return;
        }

        TabularModel<T> model = request.Path.Load<T>();
        OnnxExport.Save(request.File, model, options);
        string[] texts = [.. model.Encoding.Features.Where(feature => feature.Categories is not null).Select(feature => feature.Column)];
        if (texts.Length > 0)
            request.Note($"the file takes encoded columns, see kan.features in its metadata: texts of {string.Join(", ", texts)} must be given as 0 and 1");
        if (model.Encoding.Missing == MissingValues.Mean)
            request.Note("the file does not fill in missing values; the model takes the mean of the column for them");
    }
}
