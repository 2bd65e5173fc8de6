using KanSharp.Interchange;
using KanSharp.Layers.Images;
using KanSharp.Plotting;
using KanSharp.Training;

namespace KanSharp.Cli.Images;

/// <summary>Draws the kernels of an image model.</summary>
internal static class ImagePlot
{
    public static Scene Draw(string path)
    {
        ImageModel<double> model = ImageModelFile.Load<double>(path);
        KanConv<double> layer = model.Network.Modules().OfType<KanConv<double>>().FirstOrDefault()
            ?? throw new UserErrorException($"{path}: preset '{model.Network.Preset}' has no KAN convolution whose kernels could be drawn");
        return (KernelPictures.Of(layer) with { Title = $"First kernels of {model.Network.Preset}" }).Draw();
    }
}
