using System.Resources;
using nanoFramework.Runtime.Native;

namespace EdgeRnn.Firmware.Nano;

/// <summary>The model in the program: Model/model.ernn, at most 60,000 bytes, a resource named Model in Resources.resx.</summary>
public static class EmbeddedModel
{
    // The project system gives a resource this number: the two halves of a hash of its name.
    private enum Resource : short
    {
        Model = 30387,
    }

    /// <summary>
    /// What a model may take to have its rows in pairs, which step in fewer operations: what `edgernn inspect --board` prints for this model and
    /// board. 0: none.
    /// </summary>
    public static int RowPairBytes => 0;

    /// <summary>Its bytes, copied into memory.</summary>
    public static byte[] Read()
    {
        ResourceManager resources = new ResourceManager("EdgeRnn.Firmware.Nano.Resources", typeof(EmbeddedModel).Assembly);
        return (byte[])ResourceUtility.GetObject(resources, Resource.Model);
    }
}
